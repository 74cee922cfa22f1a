/** Governed values as people read them: what the rules say, and what a proposal would change. */
import { digits, grouped } from "./amounts";
import { duration } from "./clock";

/** Points have as many decimals in every market. */
export const POINT_DECIMALS = 6;

/** A governed value by its unit (`ChangeOut.unit`); what has no form of its own stays as it is. */
export function governedValue(value: string, unit: string, language: string): string {
  if (!/^\d+$/.test(value)) return value;
  switch (unit) {
    case "basisPoints":
      return `${grouped(digits(value, 2), language)} %`;
    case "percent":
      return `${grouped(value, language)} %`;
    case "seconds":
      return duration(Number(value), language);
    case "points":
      return points(value, language);
    case "count":
      return grouped(value, language);
    default:
      return value;
  }
}

/** Points of 6 decimals, every digit shown. */
export function points(value: string, language: string): string {
  return grouped(digits(value, POINT_DECIMALS), language);
}

/** The unit of a field of a version of the rules, told by its name. */
export function unitOf(field: string): string {
  if (/Bps/.test(field)) return "basisPoints";
  if (/Period$/.test(field)) return "seconds";
  if (field === "jurors" || field === "maxAppeals") return "count";
  return "asset";
}

/** Parts of all that was voted, 0 to 100, rounded down; 0 where nothing was. */
export function share(part: string, whole: string): number {
  const all = BigInt(whole);
  return all === 0n ? 0 : Number((BigInt(part) * 100n) / all);
}

/** A proposal's title or description without the mark that names who alone may propose it: wallets add it. */
export function titled(title: string): string {
  return title.replace(/#proposer=0x[0-9a-f]{40}$/i, "").trim();
}
