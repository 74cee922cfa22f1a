/** The days of an answer of the analytics as the dashboard draws them. */
import type { Amount, Shapes } from "./api";
import type { Step } from "./chart";

type Period = Shapes["FiguresOut"];
type Money = Shapes["AssetSumsOut"];

/** A value of each day. */
export function daily(items: readonly Period[], of: (one: Period) => number | null): Step[] {
  return items.flatMap((one) => {
    const value = of(one);
    return one.time === null || value === null ? [] : [{ time: one.time, value: value.toString() }];
  });
}

/** The assets that any day tells of, in its first form. */
export function assetsOf(items: readonly Period[]): Money[] {
  const found = new Map<string, Money>();
  for (const one of items)
    for (const money of one.money) if (!found.has(money.asset)) found.set(money.asset, money);
  return [...found.values()];
}

/** A sum of one asset, day by day. */
export function dailyMoney(
  items: readonly Period[],
  asset: string,
  what: "volume" | "fees" | "spent",
): Step[] {
  return items.flatMap((one) => {
    const money = one.money.find((each) => each.asset === asset);
    return one.time === null || money === undefined ? [] : [{ time: one.time, value: money[what] }];
  });
}

/** All days together. */
export function total(days: readonly Step[]): string {
  return days.reduce((sum, one) => sum + BigInt(one.value), 0n).toString();
}

/** So many base units of an asset. */
export function amountOf(money: Money, value: string): Amount {
  return { asset: money.asset, symbol: money.symbol, decimals: money.decimals, value };
}
