/** One message: sealed to each reader, signed by its sender (docs/messages.md, "The octets"). */
import { type Hex, bytesToHex } from "viem";
import type { Shapes } from "../api";
import type { Pair } from "./keys";
import {
  HEADER,
  type Library,
  type Place,
  accountOctets,
  digest,
  join,
  octets,
  placeOctets,
  word,
} from "./octets";

const [NONCE, OPENING, KEY] = [24, 32, 32];
const BUCKETS = [256, 1_024, 4_096, 16_384] as const;
/** Octets of a content at most. */
export const LARGEST = 16_383;

/** Why a message is not shown. */
export class Unreadable extends Error {
  override name = "Unreadable";
  constructor(readonly why: "lost" | "forged" | "unknown") {
    super(why);
  }
}

export interface Opened {
  content: Uint8Array;
  opening: Uint8Array;
}

function pad(content: Uint8Array): Uint8Array {
  const size = BUCKETS.find((one) => content.length < one);
  if (size === undefined) throw new RangeError("a message holds 16,383 octets");
  const all = new Uint8Array(size);
  all.set(content);
  all[content.length] = 0x80;
  return all;
}

function unpad(padded: Uint8Array): Uint8Array {
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0) end--;
  if (end === 0 || padded[end - 1] !== 0x80) throw new Unreadable("forged");
  return padded.slice(0, end - 1);
}

type Reader = Shapes["ReaderShape"];
type Header = Pick<
  Shapes["MessageOut"],
  "sender" | "keyId" | "sequence" | "previous" | "sentAt" | "commitment"
>;

export const boxHash = (library: Library, box: Uint8Array, readers: readonly Reader[]) =>
  digest(
    library,
    "commonhold box 1",
    word(readers.length),
    ...readers.map((one) =>
      join(accountOctets(one.account), octets(one.keyId), octets(one.sealed)),
    ),
    box,
  );

export const commitmentTo = (
  library: Library,
  thread: Uint8Array,
  sender: string,
  { opening, content }: Opened,
) => digest(library, "commonhold content 1", thread, accountOctets(sender), opening, content);

/** What the sender signs. */
export const headerOctets = (
  place: Place,
  thread: Uint8Array,
  header: Header,
  box: Uint8Array,
): Uint8Array =>
  join(
    HEADER,
    placeOctets(place),
    thread,
    accountOctets(header.sender),
    octets(header.keyId),
    word(header.sequence),
    octets(header.previous),
    word(header.sentAt),
    octets(header.commitment),
    box,
  );

export interface Sender {
  pair: Pair;
  keys: Shapes["KeysOut"];
}

/** A message to these readers, after message `after`. */
export function seal(
  library: Library,
  place: Place,
  thread: Uint8Array,
  from: Sender,
  after: { sequence: number; hash: string },
  sentAt: number,
  content: Uint8Array,
  to: readonly Shapes["KeysOut"][],
): Shapes["PostedMessage"] {
  const key = library.randombytes_buf(KEY);
  const opening = library.randombytes_buf(OPENING);
  const nonce = library.randombytes_buf(NONCE);
  const sender = from.keys.account;
  const bound = join(thread, accountOctets(sender));
  const inside = join(opening, pad(content));
  const box = join(
    nonce,
    library.crypto_aead_xchacha20poly1305_ietf_encrypt(inside, bound, null, nonce, key),
  );
  const readers = to.map((one) => ({
    account: one.account,
    keyId: one.keyId,
    sealed: bytesToHex(library.crypto_box_seal(key, octets(one.sealingKey))),
  }));
  const header = {
    sender,
    keyId: from.keys.keyId,
    sequence: after.sequence + 1,
    previous: after.hash,
    sentAt,
    commitment: bytesToHex(commitmentTo(library, thread, sender, { opening, content })),
  };
  const signed = headerOctets(place, thread, header, boxHash(library, box, readers));
  const signature = library.crypto_sign_detached(signed, from.pair.signingSecret);
  return {
    chainId: place.chainId,
    escrow: place.escrow,
    ...header,
    signature: bytesToHex(signature),
    box: bytesToHex(box),
    readers,
  };
}

/** The content, checked against what the sender signed. Raises Unreadable. */
export function open(
  library: Library,
  place: Place,
  thread: Uint8Array,
  message: Shapes["MessageOut"],
  sender: Shapes["KeysOut"],
  own: Sender,
): Opened {
  const box = octets(message.box);
  const signed = headerOctets(place, thread, message, boxHash(library, box, message.readers));
  const bySender =
    message.keyId === sender.keyId &&
    message.sentAt >= sender.createdAt &&
    library.crypto_sign_verify_detached(
      octets(message.signature),
      signed,
      octets(sender.signingKey),
    );
  if (!bySender) throw new Unreadable("forged");
  const mine = message.readers.find((one) => one.account === own.keys.account);
  if (mine?.keyId !== own.keys.keyId) throw new Unreadable("lost");
  let inside: Uint8Array;
  try {
    const { sealingKey, sealingSecret } = own.pair;
    const key = library.crypto_box_seal_open(octets(mine.sealed), sealingKey, sealingSecret);
    inside = library.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      box.slice(NONCE),
      join(thread, accountOctets(message.sender)),
      box.slice(0, NONCE),
      key,
    );
  } catch {
    throw new Unreadable("forged");
  }
  const opened = { opening: inside.slice(0, OPENING), content: unpad(inside.slice(OPENING)) };
  if (bytesToHex(commitmentTo(library, thread, message.sender, opened)) !== message.commitment)
    throw new Unreadable("forged");
  return opened;
}

/** The hash that the next message names as the one before it. */
export function hashOf(
  library: Library,
  place: Place,
  thread: Uint8Array,
  message: Shapes["MessageOut"],
): Hex {
  const box = boxHash(library, octets(message.box), message.readers);
  return bytesToHex(
    digest(library, "commonhold message 1", headerOctets(place, thread, message, box)),
  );
}
