import { bytesToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { secretOf } from "../src/core/court/secret";
import { FORMAT, isDisclosure } from "../src/core/messages/disclosed";
import { boxHash, open } from "../src/core/messages/envelope";
import { pairOf, secretData } from "../src/core/messages/keys";
import { type Place, octets, sodium, tradeThread } from "../src/core/messages/octets";
import { sorted } from "../src/core/messages/content";
import { proven } from "../src/core/messages/proof";
import sealed from "./message.json";

const place = sealed.place as Place;
const library = await sodium();
const thread = tradeThread(library, place, sealed.tradeId);

/** As `commonhold message disclose` writes it, of the one message that the reader has. */
async function disclosed(): Promise<string> {
  const signer = privateKeyToAccount(`0x${"8".padStart(64, "0")}`);
  const signature = await signer.signTypedData(secretData(place, signer.address) as never);
  const pair = pairOf(library, secretOf(signature) as `0x${string}`);
  const { message, sender } = sealed;
  const opened = open(library, place, thread, message, sender, { pair, keys: sealed.reader });
  const { account, createdAt, sealingKey, signingKey } = sender;
  const { keyId, previous, sentAt, sequence } = message;
  const written = {
    ...place,
    format: FORMAT,
    thread: `trade-${sealed.tradeId}`,
    keys: [{ account, createdAt, sealingKey, signingKey, signature: sender.signature }],
    messages: [
      {
        boxHash: bytesToHex(boxHash(library, octets(message.box), message.readers)),
        content: bytesToHex(opened.content),
        opening: bytesToHex(opened.opening),
        sender: message.sender,
        signature: message.signature,
        ...{ keyId, previous, sentAt, sequence },
      },
    ],
  };
  return `${JSON.stringify(sorted(written))}\n`;
}

const text = await disclosed();

test("a disclosed message is proven to be its sender's", async () => {
  expect(isDisclosure(text)).toBe(true);
  const { sender, sequence, sentAt } = sealed.message;
  expect(await proven(text, place, sealed.tradeId)).toEqual([
    { sender, sequence, sentAt, content: { type: "text", text: sealed.text } },
  ]);
});

test("one that was altered, or is of another trade or market, proves nothing", async () => {
  for (let at = 0; at < text.length; at++) {
    const other = text[at] === "1" ? "2" : "1";
    const altered = text.slice(0, at) + other + text.slice(at + 1);
    expect(await proven(altered, place, sealed.tradeId), `at ${at}`).toBeNull();
  }
  expect(await proven(text, place, `0x${"cd".repeat(32)}`)).toBeNull();
  expect(await proven(text, { ...place, chainId: 1 }, sealed.tradeId)).toBeNull();
  for (const other of ["", "{}", "[]", `{"format":"${FORMAT}"}\n`, ` ${text}`]) {
    expect(await proven(other, place, sealed.tradeId)).toBeNull();
  }
});

test("what is no such file is taken for words", () => {
  for (const other of ["", "{}", "The dent was there.", `"format":"${FORMAT}"`]) {
    expect(isDisclosure(other)).toBe(false);
  }
});
