import { expect, test } from "vitest";
import { inWords } from "../src/core/form";

const amount = { asset: "0x", value: "0", decimals: 6, symbol: "TUSD" };

test.each([
  ["12500000", "asset", "12.5 TUSD"],
  [10_800, "seconds", "3 hours"],
  [250, "bps", "2.5%"],
  [1_234, "count", "1,234"],
  ["sent", "choice", "sent"],
])("%j in %s is %s", (value, unit, words) => {
  expect(inWords(value, unit, amount, "en")).toBe(words);
});

test.each([[null], [""], [[{ title: "drafts" }]], [{ until: 1 }]])(
  "%j is told elsewhere",
  (value) => {
    expect(inWords(value, "text", amount, "en")).toBeNull();
  },
);
