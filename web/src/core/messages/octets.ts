/** How values become octets, in one way only (docs/messages.md): twin of backend/messages. */
import type Sodium from "libsodium-wrappers";
import { type Address, getAddress, hexToBytes } from "viem";

export type Library = typeof Sodium;
export type Octets = Uint8Array<ArrayBuffer>;

const CONTEXT = 32;
let loading: Promise<Library> | null = null;

/** The library, once it is ready. */
export function sodium(): Promise<Library> {
  loading ??= import("libsodium-wrappers").then(async ({ default: found }) => {
    await found.ready;
    return found;
  });
  return loading;
}

export function join(...parts: Uint8Array[]): Octets {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const context = (name: string): Octets => {
  const all = new Uint8Array(CONTEXT);
  all.set(new TextEncoder().encode(name));
  return all;
};

/** The first 32 octets of every header. */
export const HEADER = context("commonhold message header 1");

/** BLAKE2b of 32 octets over a context and the parts. */
export const digest = (library: Library, name: string, ...parts: Uint8Array[]): Uint8Array =>
  library.crypto_generichash(32, join(context(name), ...parts), null);

/** Eight octets, the largest first. */
export function word(number: number): Uint8Array {
  const all = new DataView(new ArrayBuffer(8));
  all.setBigUint64(0, BigInt(number));
  return new Uint8Array(all.buffer);
}

/** Twenty octets of an address. */
export const accountOctets = (account: string): Uint8Array =>
  hexToBytes(getAddress(account) as Address);

/** Octets of `0x` and hexadecimal digits. */
export function octets(text: string): Uint8Array {
  if (!/^0x([0-9a-f]{2})*$/.test(text)) throw new RangeError("octets are 0x and small digits");
  return hexToBytes(text as `0x${string}`);
}

/** A market: nothing that is signed for one holds in another. */
export interface Place {
  chainId: number;
  escrow: Address;
}

export const placeOctets = ({ chainId, escrow }: Place): Uint8Array =>
  join(word(chainId), accountOctets(escrow));

/** Thirty-two octets of the conversation about a trade. */
export const tradeThread = (library: Library, place: Place, tradeId: string): Uint8Array =>
  digest(
    library,
    "commonhold thread 1",
    placeOctets(place),
    new Uint8Array([1]),
    octets(tradeId),
    new Uint8Array(20),
  );
