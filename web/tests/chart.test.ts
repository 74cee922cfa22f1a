import { expect, test } from "vitest";
import { stair } from "../src/core/chart";

test("a stair stays level until each step and then goes straight down", () => {
  const steps = [
    { time: 100, value: "400" },
    { time: 150, value: "200" },
    { time: 200, value: "100" },
  ];
  expect(stair(steps, 200, 100)).toBe("M0 0.0H100.0V50.0H200.0V75.0H200");
});

test("nothing is no line, and no votes are a line at the bottom", () => {
  expect(stair([], 200, 100)).toBe("");
  expect(stair([{ time: 1, value: "0" }], 200, 100)).toBe("M0 100.0H200");
});
