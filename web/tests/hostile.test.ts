import { expect, test } from "vitest";
import { mixedWords, plainly, safeIcon } from "../src/core/hostile";

test.each([
  ["pay \u202e05 HTE", "pay [U+202E]05 HTE"],
  ["zero\u200bwidth", "zero[U+200B]width"],
  ["\u2066isolated\u2069", "[U+2066]isolated[U+2069]"],
  ["bell\u0007", "bell[U+0007]"],
  ["tag\u{e0041}", "tag[U+E0041]"],
])("what is not seen is written out: %j", (text, expected) => {
  expect(plainly(text)).toBe(expected);
});

test("what is seen stays as it is, in any script", () => {
  for (const text of ["שלום עולם", "Zwölf Boxkämpfer", "日本語 👩\u200d🌾", "a\nb\tc"]) {
    expect(plainly(text)).toBe(text);
  }
});

test("words of letters that look alike are found, words of one alphabet are not", () => {
  expect(mixedWords("р\u0430ypal and paypal")).toEqual(["р\u0430ypal"]);
  expect(mixedWords("Москва paypal Ελλάδα")).toEqual([]);
});

test("only a picture in the address itself is an icon", () => {
  expect(safeIcon("data:image/svg+xml;base64,PHN2Zy8+")).not.toBeNull();
  for (const icon of [
    "https://x.example/i.png",
    "javascript:alert(1)",
    "data:text/html,x",
    7,
    null,
  ]) {
    expect(safeIcon(icon)).toBeNull();
  }
});
