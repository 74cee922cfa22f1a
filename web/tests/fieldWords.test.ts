import { expect, test } from "vitest";
import { fieldWords, valueWords } from "../src/pages/proposal/fieldWords";
import english from "../src/words/en/proposals";
import { fill } from "../src/words";

const say = (key: keyof typeof english, values: Record<string, string> = {}) =>
  key in english ? fill(english[key], values, "en") : key;

test.each([
  ["feeBps.gig", "Fee: gig"],
  ["terms.fees.quorumBps", "Quorum of proposals: fees"],
  ["attestor.creditBand.0x12", "May attest: a credit band · 0x12"],
  ["asset.0x12.allowed", "Trades may be opened in 0x12"],
  ["reputation.0x12", "Trades earn points: 0x12"],
  ["somethingNew.0x12", "somethingNew.0x12"],
])("%s is called %s", (name, words) => {
  expect(fieldWords(say, name)).toBe(words);
});

test("flags and what was never set are words", () => {
  expect(valueWords(say, "true", "flag", "en")).toBe("yes");
  expect(valueWords(say, "false", "flag", "en")).toBe("no");
  expect(valueWords(say, null, "flag", "en")).toBe("not set");
  expect(valueWords(say, "250", "basisPoints", "en")).toBe("2.5 %");
});
