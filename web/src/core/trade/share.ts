/** Parts of a tranche: percent as people type them, base units as the Escrow divides them. */

/** Basis points of "33.25" percent; null where it is none, finer than that, or above 100. */
export function basisPoints(typed: string): number | null {
  const match = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*$/.exec(typed);
  if (match === null) return null;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return bps <= 10_000 ? bps : null;
}

/** Who gets what before the fee, in base units: rounded against the performer, nothing lost. */
export function shares(amount: string, performerBps: number) {
  const performer = (BigInt(amount) * BigInt(performerBps)) / 10_000n;
  return { performer: performer.toString(), checker: (BigInt(amount) - performer).toString() };
}

/** Basis points as percent: "62.5 %". */
export function percentOf(bps: number, language: string): string {
  const style = { style: "percent", maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(language, style).format(bps / 10_000);
}
