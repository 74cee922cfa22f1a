import { expect, test } from "vitest";
import { picturesOf, withPicture, withoutPicture, wordsOf } from "../src/core/pictures";

const CID = `bafkrei${"a".repeat(52)}`;
const OTHER = `bafkrei${"b".repeat(52)}`;

test("pictures are named in a text, and read out of it again", () => {
  const one = withPicture("As new.\n", "the bell", CID);
  expect(one).toBe(`As new.\n\n![the bell](ipfs://${CID})`);
  const two = withPicture(one, "a [b]\nc", OTHER);
  expect(picturesOf(two)).toEqual([
    { alt: "the bell", cid: CID },
    { alt: "a  b  c", cid: OTHER },
  ]);
  expect(wordsOf(two)).toBe("As new.");
  expect(withoutPicture(two, OTHER)).toBe(one);
  expect(withoutPicture(one, CID)).toBe("As new.");
  expect(withPicture("", "", CID)).toBe(`![](ipfs://${CID})`);
});

test("each is shown once, and nothing but what the market keeps", () => {
  const twice = `![a](ipfs://${CID}) ![b](ipfs://${CID})`;
  expect(picturesOf(twice)).toEqual([{ alt: "a", cid: CID }]);
  for (const text of [
    "![a](https://a.example/x.png)",
    "![a](ipfs://bafkreia)",
    `![a](javascript:alert(1))`,
    `![a\nb](ipfs://${CID})`,
    `[a](ipfs://${CID})`,
  ]) {
    expect(picturesOf(text)).toEqual([]);
    expect(wordsOf(text)).toBe(text);
  }
});
