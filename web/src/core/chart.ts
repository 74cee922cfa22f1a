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
