/** The chain's clock: every deadline is in it, and a local chain's may be days off the wall's. */
import type { News } from "./live";
import { type Readable, watched } from "./watched";

const TICK = 1_000; // milliseconds

/** Unix seconds by the chain: the newest block's, and on from there as the wall's clock goes. */
export function clock(
  news: Readable<News | null>,
  wall: () => number = () => Date.now() / 1_000,
): Readable<number | null> {
  let ahead: number | null = null;
  const at = () => (ahead === null ? null : Math.floor(wall() + ahead));
  const now = watched<number | null>(null, () => {
    const stop = news.subscribe((told) => {
      if (told === null) return;
      ahead = told.block.time - wall();
      now.set(at());
    });
    const timer = setInterval(() => now.set(at()), TICK);
    return () => {
      clearInterval(timer);
      stop();
    };
  });
  return now;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** How far off a time is, in words: "in 3 days". `seconds` is negative for what is over. */
export function distance(seconds: number, language: string): string {
  const [unit, size] = STEPS.find(([, one]) => Math.abs(seconds) >= one) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  return format.format(Math.trunc(seconds / size), unit);
}

/** A length of time in its two largest units: "3 days, 2 hours". */
export function duration(seconds: number, language: string): string {
  const parts: string[] = [];
  let left = Math.max(0, Math.floor(seconds));
  for (const [unit, size] of STEPS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && parts.length < 2) {
      const style = { style: "unit", unit, unitDisplay: "long" } as const;
      parts.push(new Intl.NumberFormat(language, style).format(count));
    } else if (parts.length > 0) break;
  }
  const none = { style: "unit", unit: "second", unitDisplay: "long" } as const;
  return parts.join(", ") || new Intl.NumberFormat(language, none).format(0);
}

/** Date and time as the reader's own calendar has them. */
export function moment(time: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(time * 1_000),
  );
}

/** A day of UTC by its first second. */
export function day(time: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(time * 1_000),
  );
}
