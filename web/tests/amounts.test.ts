import { expect, test } from "vitest";
import { baseUnits, digits, grouped, shown } from "../src/core/amounts";

const amount = (value: string, decimals: number | null, symbol: string | null = "TUSD") => ({
  asset: "0x0000000000000000000000000000000000000001",
  value,
  decimals,
  symbol,
});

test.each([
  ["0", 18, "0"],
  ["1", 18, "0.000000000000000001"],
  ["1500000", 6, "1.5"],
  ["100", 0, "100"],
  ["-1500000", 6, "-1.5"],
])("%s of %i decimals is %s", (value, decimals, expected) => {
  expect(digits(value, decimals)).toBe(expected);
});

test("every digit is shown, also beyond what a number can hold", () => {
  const most = (2n ** 256n - 1n).toString();
  expect(digits(most, 18).replace(".", "")).toBe(most);
  expect(grouped("9007199254740993.1", "en")).toBe("9,007,199,254,740,993.1");
  expect(grouped("1234.5", "de")).toBe("1.234,5");
});

test("an asset that does not tell its decimals is shown in base units", () => {
  expect(shown(amount("1500000", null), "en")).toBe("1,500,000 base units");
  expect(shown(amount("1500000", 6), "de")).toBe("1,5 TUSD");
  expect(shown(amount("1500000", 6, null), "en")).toBe("1.5");
});

test.each([
  ["1.5", "1500000"],
  ["1,5", "1500000"],
  [" .5 ", "500000"],
  ["7", "7000000"],
  ["0.000001", "1"],
])("%s typed is %s base units", (typed, expected) => {
  expect(baseUnits(typed, 6)).toBe(expected);
});

test.each(["", ".", "1.0000001", "-1", "1e3", "0x10", "1.2.3", "abc", "1 000"])(
  "%s typed is no amount",
  (typed) => {
    expect(baseUnits(typed, 6)).toBeNull();
  },
);
