/** A line that goes down in steps, as points of a drawing. Exact numbers stand in the table behind. */

export interface Step {
  time: number;
  /** Base units, in decimal. */
  value: string;
}

// How finely a height is told to the drawing.
const FINE = 10_000n;

/** The path of a stair from 0 to `width` and from the largest value down to 0 at `height`. */
export function stair(steps: readonly Step[], width: number, height: number): string {
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return "";
  const most = steps.reduce((top, one) => (BigInt(one.value) > top ? BigInt(one.value) : top), 1n);
  const span = Math.max(last.time - first.time, 1);
  const x = (time: number) => (((time - first.time) * width) / span).toFixed(1);
  const y = (value: string) =>
    (height - (Number((BigInt(value) * FINE) / most) / Number(FINE)) * height).toFixed(1);
  const rest = steps.slice(1).map((one) => `H${x(one.time)}V${y(one.value)}`);
  return `M0 ${y(first.value)}${rest.join("")}H${width}`;
}

const DAY = 86_400; // seconds

/** Bars of days, each as high as its value beside the largest; gaps where a day has none. */
export function bars(days: readonly Step[], width: number, height: number): string {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return "";
  const most = days.reduce((top, one) => (BigInt(one.value) > top ? BigInt(one.value) : top), 1n);
  const each = width / Math.max((last.time - first.time) / DAY + 1, 1);
  return days
    .filter((one) => BigInt(one.value) > 0n)
    .map((one) => {
      const left = (((one.time - first.time) / DAY) * each).toFixed(1);
      const high = ((Number((BigInt(one.value) * FINE) / most) / Number(FINE)) * height).toFixed(1);
      return `M${left} ${height}v-${high}h${(each * 0.8).toFixed(1)}v${high}z`;
    })
    .join("");
}
