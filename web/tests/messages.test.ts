import { bytesToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { decode, encode } from "../src/core/messages/content";
import { Unreadable, hashOf, open, seal } from "../src/core/messages/envelope";
import { isPair, isPublished, pairOf, secretData } from "../src/core/messages/keys";
import { type Place, octets, sodium, tradeThread } from "../src/core/messages/octets";
import { secretOf } from "../src/core/court/secret";
// One message as the service's own implementation (backend/messages) sealed it.
import sealed from "./message.json";

const place = sealed.place as Place;
const library = await sodium();
const thread = tradeThread(library, place, sealed.tradeId);

async function pair(key: number) {
  const signer = privateKeyToAccount(`0x${key.toString(16).padStart(64, "0")}`);
  const signature = await signer.signTypedData(secretData(place, signer.address) as never);
  return pairOf(library, secretOf(signature) as `0x${string}`);
}

const sender = { pair: await pair(7), keys: sealed.sender };
const reader = { pair: await pair(8), keys: sealed.reader };

test("keys are those that the command line makes of the same wallet", async () => {
  expect(isPair(sealed.sender, sender.pair)).toBe(true);
  expect(isPair(sealed.reader, reader.pair)).toBe(true);
  expect(isPair(sealed.reader, sender.pair)).toBe(false);
  expect(await isPublished(place, sealed.sender)).toBe(true);
  const swapped = { ...sealed.sender, sealingKey: sealed.reader.sealingKey };
  expect(await isPublished(place, swapped)).toBe(false);
  const foreign = { ...place, chainId: place.chainId + 1 };
  expect(await isPublished(foreign, sealed.sender)).toBe(false);
});

test("a message from the command line is opened, by both sides", () => {
  expect(bytesToHex(thread)).toBe(sealed.thread);
  expect(hashOf(library, place, thread, sealed.message)).toBe(sealed.message.hash);
  for (const own of [reader, sender]) {
    const opened = open(library, place, thread, sealed.message, sealed.sender, own);
    expect(decode(opened.content)).toEqual({ type: "text", text: sealed.text });
  }
});

test("one altered bit anywhere is seen", () => {
  const { message } = sealed;
  const flipped = (hex: string) => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
  const altered = [
    { ...message, box: flipped(message.box) },
    { ...message, commitment: flipped(message.commitment) },
    { ...message, previous: flipped(message.previous) },
    { ...message, signature: flipped(message.signature) },
    { ...message, sequence: 2 },
    { ...message, sentAt: message.sentAt + 1 },
    { ...message, readers: message.readers.toReversed() },
  ];
  for (const one of altered) {
    expect(() => open(library, place, thread, one, sealed.sender, reader)).toThrow(Unreadable);
  }
  const other = tradeThread(library, place, `0x${"cd".repeat(32)}`);
  expect(() => open(library, place, other, message, sealed.sender, reader)).toThrow(Unreadable);
});

test("what is sealed here is opened by each reader, and by nobody else", () => {
  const after = { sequence: 1, hash: sealed.message.hash };
  const at = sealed.message.sentAt + 60;
  const made = seal(library, place, thread, reader, after, at, encode("Yes"), [sealed.sender]);
  const message = { ...made, hash: "0x", postedAt: at };
  const opened = open(library, place, thread, message, sealed.reader, sender);
  expect(decode(opened.content)).toEqual({ type: "text", text: "Yes" });
  expect(octets(made.box).length).toBe(24 + 16 + 32 + 256);
  expect(() => open(library, place, thread, message, sealed.reader, reader)).toThrow("lost");
});

test("a content is read in its one form only", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(decode(bytes('{"text":"a","type":"text"}'))).toEqual({ type: "text", text: "a" });
  expect(decode(bytes('{"type":"text","text":"a"}'))).toBeNull();
  expect(decode(bytes('{"text": "a","type":"text"}'))).toBeNull();
  expect(decode(bytes('{"text":1,"type":"text"}'))).toEqual({ type: "other", name: "text" });
  expect(decode(new Uint8Array([0xff]))).toBeNull();
});
