import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { LANGUAGES, fill } from "../src/words";

test("values stand in their places, and numbers choose the form", () => {
  expect(fill("{a} of {b}", { a: 1, b: "two" }, "en")).toBe("1 of two");
  expect(fill("{missing}", {}, "en")).toBe("{missing}");
  const text = "{count} offer | {count} offers";
  expect([0, 1, 2, 1234].map((count) => fill(text, { count }, "en"))).toEqual([
    "0 offers",
    "1 offer",
    "2 offers",
    "1,234 offers",
  ]);
  expect(fill(text, { count: 1234 }, "de")).toBe("1.234 offers");
});

test("every section is there in every language, with the same places for values", async () => {
  const folder = new URL("../src/words/", import.meta.url);
  const sections = (await readdir(new URL("en/", folder))).toSorted();
  expect(sections.length).toBeGreaterThan(0);
  for (const language of Object.keys(LANGUAGES)) {
    expect((await readdir(new URL(`${language}/`, folder))).toSorted()).toEqual(sections);
    for (const file of sections) {
      const texts = async (one: string) =>
        (await import(`../src/words/${one}/${file.slice(0, -3)}.ts`)).default as Record<
          string,
          string
        >;
      const [english, other] = [await texts("en"), await texts(language)];
      const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted();
      for (const [key, text] of Object.entries(english)) {
        expect(places(other[key] ?? ""), `${language}/${file}: ${key}`).toEqual(places(text));
        expect(other[key], `${language}/${file}: ${key}`).not.toBe("");
      }
    }
  }
});
