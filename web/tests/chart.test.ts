import { expect, test } from "vitest";
import { bars, stair } from "../src/core/chart";

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

test("a bar is as high as its value beside the largest, and a day without one is a gap", () => {
  const day = 86_400;
  const days = [
    { time: 0, value: "50" },
    { time: day, value: "0" },
    { time: 3 * day, value: "100" },
  ];
  expect(bars(days, 400, 100)).toBe("M0.0 100v-50.0h80.0v50.0zM300.0 100v-100.0h80.0v100.0z");
});

test("values beyond what a number holds are drawn all the same", () => {
  const days = [{ time: 0, value: (10n ** 60n).toString() }];
  expect(bars(days, 10, 10)).toBe("M0.0 10v-10.0h8.0v10.0z");
  expect(bars([], 10, 10)).toBe("");
});
