/**
 * What a file of disclosed messages proves (docs/messages.md): who wrote them, in which trade.
 * Stricter than the service in one thing: keys that a wallet contract published are not known here.
 */
import { type Address, type Hex, bytesToHex, hashTypedData } from "viem";
import type { Shapes } from "../api";
import { same } from "../wallet/session";
import { type Content, decode, sorted } from "./content";
import { FORMAT } from "./disclosed";
import { commitmentTo, headerOctets } from "./envelope";
import { isPublished, keyData } from "./keys";
import { type Place, octets, sodium, tradeThread } from "./octets";

export interface Proven {
  sender: string;
  sequence: number;
  sentAt: number;
  content: Content | null;
}

interface Written {
  chainId: number;
  escrow: string;
  format: string;
  keys: Shapes["KeysOut"][];
  messages: (Shapes["MessageOut"] & { opening: string; content: string; boxHash: string })[];
  thread: string;
}

/** The messages of a trade that it proves, in their order; null: it proves nothing here. */
export async function proven(text: string, place: Place, tradeId: string) {
  try {
    return await check(text, place, tradeId);
  } catch {
    return null; // a part of it is missing, or is not what it must be
  }
}

async function check(text: string, place: Place, tradeId: string): Promise<Proven[] | null> {
  const found = JSON.parse(text) as Written;
  const ours =
    `${JSON.stringify(sorted(found))}\n` === text &&
    found.format === FORMAT &&
    found.chainId === place.chainId &&
    same(found.escrow, place.escrow) &&
    found.thread === `trade-${tradeId}`;
  if (!ours || found.messages.length === 0) return null;
  const library = await sodium();
  const thread = tradeThread(library, place, tradeId);
  const keys = new Map<string, Shapes["KeysOut"]>();
  for (const one of found.keys) {
    const { account, sealingKey, signingKey, createdAt } = one;
    const parts = [sealingKey as Hex, signingKey as Hex, createdAt] as const;
    const keyId = hashTypedData(keyData(place, account as Address, ...parts) as never);
    const key = { ...one, keyId };
    if (!(await isPublished(place, key))) return null;
    keys.set(keyId, key);
  }
  let last = 0;
  const all: Proven[] = [];
  for (const one of found.messages) {
    const key = keys.get(one.keyId);
    const { sender, sequence, sentAt } = one;
    if (!key || key.account !== sender || sentAt < key.createdAt || sequence <= last) return null;
    const opened = { opening: octets(one.opening), content: octets(one.content) };
    const commitment = bytesToHex(commitmentTo(library, thread, sender, opened));
    const signed = headerOctets(place, thread, { ...one, commitment }, octets(one.boxHash));
    const [signature, signing] = [octets(one.signature), octets(key.signingKey)];
    if (!library.crypto_sign_verify_detached(signature, signed, signing)) return null;
    all.push({ sender, sequence, sentAt, content: decode(opened.content) });
    last = sequence;
  }
  return all;
}
