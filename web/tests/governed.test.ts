import { expect, test } from "vitest";
import { governedValue, points, share, titled, unitOf } from "../src/core/governed";

test("values are told by their units", () => {
  expect(governedValue("250", "basisPoints", "en")).toBe("2.5 %");
  expect(governedValue("250", "basisPoints", "de")).toBe("2,5 %");
  expect(governedValue("172800", "seconds", "en")).toBe("2 days");
  expect(governedValue("1500000", "points", "en")).toBe("1.5");
  expect(governedValue("1234", "count", "en")).toBe("1,234");
});

test("what is no number stays as it is", () => {
  expect(governedValue("0xabc", "account", "en")).toBe("0xabc");
  expect(governedValue("true", "flag", "en")).toBe("true");
});

test("points beyond what a float holds lose no digit", () => {
  expect(points("9007199254740993000001", "en")).toBe("9,007,199,254,740,993.000001");
});

test("the fields of rules have the units of the contract", () => {
  expect(unitOf("feeBps.goods")).toBe("basisPoints");
  expect(unitOf("appealMultiplierBps")).toBe("basisPoints");
  expect(unitOf("rulingPeriod")).toBe("seconds");
  expect(unitOf("jurors")).toBe("count");
});

test("a share of nothing is none", () => {
  expect(share("0", "0")).toBe(0);
  expect(share("2", "3")).toBe(66);
});

test("a title leaves out the mark of its proposer, and nothing else", () => {
  const mark = `#proposer=0x${"ab".repeat(20)}`;
  expect(titled(`Lower the fee${mark}`)).toBe("Lower the fee");
  expect(titled(`Lower ${mark} the fee`)).toBe(`Lower ${mark} the fee`);
  expect(titled("Lower the fee #proposer=me")).toBe("Lower the fee #proposer=me");
});
