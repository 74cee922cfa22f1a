import { expect, test } from "vitest";
import type { Shapes } from "../src/core/api";
import { amountOf, assetsOf, daily, dailyMoney, total } from "../src/core/figures";

const money = (asset: string, volume: string): Shapes["AssetSumsOut"] => ({
  asset,
  symbol: null,
  decimals: null,
  opened: "0",
  volume,
  paid: "0",
  returned: "0",
  fees: "1",
  spent: "0",
});
const period = (time: number | null, ...of: Shapes["AssetSumsOut"][]): Shapes["FiguresOut"] => ({
  period: String(time),
  time,
  opened: 2,
  closed: 0,
  kinds: [],
  outcomes: [],
  disputed: 0,
  cases: { opened: 0, closed: 0, decisions: [], median: null, ninetieth: null },
  proposals: 0,
  turnoutBps: null,
  money: of,
});
const items = [
  period(0, money("0xa", "5")),
  period(86_400),
  period(172_800, money("0xb", "7"), money("0xa", "9")),
];

test("a day without a value is left out", () => {
  expect(daily(items, (one) => one.opened).map((one) => one.value)).toEqual(["2", "2", "2"]);
  expect(daily(items, (one) => one.turnoutBps)).toEqual([]);
  expect(daily([period(null)], (one) => one.opened)).toEqual([]);
});

test("each asset has days of its own, and they are summed exactly", () => {
  expect(assetsOf(items).map((one) => one.asset)).toEqual(["0xa", "0xb"]);
  const days = dailyMoney(items, "0xa", "volume");
  expect(days).toEqual([
    { time: 0, value: "5" },
    { time: 172_800, value: "9" },
  ]);
  expect(total(days)).toBe("14");
  expect(total([{ time: 0, value: (10n ** 40n).toString() }])).toBe((10n ** 40n).toString());
  expect(amountOf(money("0xa", "5"), "3").value).toBe("3");
});
