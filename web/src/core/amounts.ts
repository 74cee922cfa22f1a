/** Amounts of base units as people read and write them. Never a floating-point number. */
import type { Amount } from "./api";

/** Digits with the point in its place and no zeros behind: 1500000 of 6 decimals is "1.5". */
export function digits(value: string, decimals: number): string {
  const negative = value.startsWith("-");
  const padded = (negative ? value.slice(1) : value).padStart(decimals + 1, "0");
  const whole = padded.slice(0, padded.length - decimals);
  const part = decimals === 0 ? "" : padded.slice(-decimals).replace(/0+$/, "");
  return (negative ? "-" : "") + whole + (part === "" ? "" : `.${part}`);
}

/** With the separators of a language: "1,234.5". Every digit is shown. */
export function grouped(plain: string, language: string): string {
  const [whole = "0", part = ""] = plain.split(".");
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
  const find = (type: string, other: string) =>
    parts.find((one) => one.type === type)?.value ?? other;
  const joined = whole.replace(/\B(?=(\d{3})+(?!\d))/g, find("group", ","));
  return part === "" ? joined : joined + find("decimal", ".") + part;
}

/** "0.05 ETH"; of an asset that does not tell its decimals, base units. */
export function shown(amount: Amount, language: string): string {
  if (amount.decimals === null) return `${grouped(amount.value, language)} base units`;
  const plain = grouped(digits(amount.value, amount.decimals), language);
  return amount.symbol === null ? plain : `${plain} ${amount.symbol}`;
}

/** Base units of what somebody typed; null where it is no amount, or finer than the asset goes. */
export function baseUnits(typed: string, decimals: number): string | null {
  const match = /^\s*(\d*)[.,]?(\d*)\s*$/.exec(typed);
  const whole = match?.[1] ?? "";
  const part = match?.[2] ?? "";
  if (match === null || whole + part === "" || part.length > decimals) return null;
  return BigInt(whole + part.padEnd(decimals, "0")).toString();
}
