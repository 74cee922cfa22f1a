/** Keys for messages: made of the wallet's signature, published under another (docs/messages.md). */
import { type Address, type Hex, bytesToHex, hashTypedData, recoverTypedDataAddress } from "viem";
import type { Shapes } from "../api";
import { same } from "../wallet/session";
import { type Library, type Place, digest, octets } from "./octets";
import { DOMAIN } from "../transactions/domain";

export const SECRET_PURPOSE =
  "This signature is the secret of my messages in this market. Whoever has it can read all of" +
  " them and write in my name: sign it only where you read messages, and show it to nobody.";
const KEY_PURPOSE =
  "From now on, messages to me are sealed to this key, and what is signed with it is from me.";
const READ_PURPOSE =
  "Show me my sealed messages until this expires. It moves no money and opens no message.";

/** The secret half stays in the memory of this page. */
export interface Pair {
  sealingKey: Uint8Array;
  sealingSecret: Uint8Array;
  signingKey: Uint8Array;
  signingSecret: Uint8Array;
}

/** Of the hash of the wallet's signature. */
export function pairOf(library: Library, secret: Hex): Pair {
  const seed = digest(library, "commonhold messaging seed 1", octets(secret));
  const sealing = library.crypto_box_seed_keypair(
    digest(library, "commonhold sealing seed 1", seed),
  );
  const signing = library.crypto_sign_seed_keypair(
    digest(library, "commonhold signing seed 1", seed),
  );
  return {
    sealingKey: sealing.publicKey,
    sealingSecret: sealing.privateKey,
    signingKey: signing.publicKey,
    signingSecret: signing.privateKey,
  };
}

const domain = ({ chainId, escrow }: Place) => ({
  name: "Commonhold Messages",
  version: "1",
  chainId,
  verifyingContract: escrow,
});

/** What a wallet signs to make its keys: those of number 0. */
export const secretData = (place: Place, account: Address) => ({
  domain: domain(place),
  types: {
    EIP712Domain: DOMAIN,
    MessagingSecret: [
      { name: "purpose", type: "string" },
      { name: "account", type: "address" },
      { name: "number", type: "uint256" },
    ],
  },
  primaryType: "MessagingSecret",
  message: { purpose: SECRET_PURPOSE, account, number: 0 },
});

/** What a wallet signs to publish its keys. */
export const keyData = (
  place: Place,
  account: Address,
  sealingKey: Hex,
  signingKey: Hex,
  createdAt: number,
) => ({
  domain: domain(place),
  types: {
    EIP712Domain: DOMAIN,
    MessagingKey: [
      { name: "purpose", type: "string" },
      { name: "account", type: "address" },
      { name: "sealingKey", type: "bytes32" },
      { name: "signingKey", type: "bytes32" },
      { name: "createdAt", type: "uint64" },
    ],
  },
  primaryType: "MessagingKey",
  message: { purpose: KEY_PURPOSE, account, sealingKey, signingKey, createdAt },
});

/** What a wallet signs to be given its sealed messages for a while. */
export const readData = (place: Place, account: Address, issuedAt: number, expiresAt: number) => ({
  domain: domain(place),
  types: {
    EIP712Domain: DOMAIN,
    ReadMessages: [
      { name: "purpose", type: "string" },
      { name: "account", type: "address" },
      { name: "issuedAt", type: "uint64" },
      { name: "expiresAt", type: "uint64" },
    ],
  },
  primaryType: "ReadMessages",
  message: { purpose: READ_PURPOSE, account, issuedAt, expiresAt },
});

/** Whether the account's own wallet signed these keys, and they have this id: the service cannot
 * put others in their place. A wallet contract's signature cannot be checked here. */
export async function isPublished(place: Place, keys: Shapes["KeysOut"]): Promise<boolean> {
  const data = keyData(
    place,
    keys.account as Address,
    keys.sealingKey as Hex,
    keys.signingKey as Hex,
    keys.createdAt,
  );
  if (hashTypedData(data as never) !== keys.keyId) return false;
  const signature = keys.signature as Hex;
  const by = await recoverTypedDataAddress({ ...data, signature } as never).catch(() => null);
  return same(by, keys.account);
}

/** Whether a pair is the one that was published. */
export const isPair = (keys: Shapes["KeysOut"], pair: Pair): boolean =>
  keys.sealingKey === bytesToHex(pair.sealingKey) &&
  keys.signingKey === bytesToHex(pair.signingKey);
