/** The form of a template, as its JSON schema says: fields, and what people type into them. */
import { baseUnits, digits } from "../amounts";

export type Kind =
  "text" | "amount" | "seconds" | "time" | "number" | "share" | "choice" | "hash" | "list";

export interface FieldSpec {
  name: string;
  /** The help text, as the template has it. */
  help: string;
  kind: Kind;
  /** Whether nothing may be said. */
  optional: boolean;
  least: bigint | null;
  most: bigint | null;
  longest: number | null;
  choices: readonly string[];
  /** Of a list: the fields of each row, and how many rows there may be. */
  row: readonly FieldSpec[];
  least_rows: number;
  most_rows: number;
  /** As it is typed. */
  initial: Typed;
}

/** What stands in a field: a line, or the rows of a list. */
export type Typed = string | Record<string, Typed>[];
export type Filled = Record<string, Typed>;
export type Fault = "needed" | "number" | "amount" | "small" | "large" | "long" | "time" | "hash";

interface Schema {
  type?: string;
  anyOf?: Schema[];
  $ref?: string;
  description?: string;
  unit?: string;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  least?: string;
  most?: string;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  $defs?: Record<string, Schema>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  asset: "amount",
  seconds: "seconds",
  time: "time",
  count: "number",
  basisPoints: "share",
  choice: "choice",
  hash: "hash",
  list: "list",
};
/** Units of a length of time, in seconds; the largest that divides it is shown. */
export const UNITS = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 } as const;
export type Unit = keyof typeof UNITS;

/** The fields of `GET /templates/{name}`, in their order. */
export function specsOf(input: Record<string, unknown>, decimals: number): FieldSpec[] {
  const schema = input as Schema;
  return fields(schema, schema.$defs ?? {}, decimals);
}

function fields(of: Schema, defs: Record<string, Schema>, decimals: number): FieldSpec[] {
  return Object.entries(of.properties ?? {}).map(([name, told]) => {
    const inner = told.anyOf?.find((one) => one.type !== "null") ?? told;
    const kind = KINDS[told.unit ?? ""] ?? "text";
    const row = told.items?.$ref ? defs[told.items.$ref.replace("#/$defs/", "")] : undefined;
    const isNull = told.anyOf?.some((one) => one.type === "null") ?? false;
    const spec: FieldSpec = {
      name,
      help: told.description ?? name,
      kind,
      optional: isNull || (kind === "text" && !(inner.minLength ?? 0)),
      least: big(told.least ?? inner.minimum),
      most: big(told.most ?? inner.maximum),
      longest: inner.maxLength ?? null,
      choices: inner.enum ?? [],
      row: row ? fields(row, defs, decimals) : [],
      least_rows: told.minItems ?? 0,
      most_rows: told.maxItems ?? 0,
      initial: "",
    };
    spec.initial = typed(spec, told.default, decimals);
    return spec;
  });
}

const big = (value: number | string | undefined) => (value === undefined ? null : BigInt(value));

function typed(spec: FieldSpec, value: unknown, decimals: number): Typed {
  if (spec.kind === "list") {
    const rows = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
    if (rows.length > 0) return rows.map((row) => filledOf(spec.row, row, decimals));
    return spec.least_rows > 0 ? [emptyRow(spec)] : [];
  }
  if (value === undefined || value === null)
    return spec.kind === "choice" ? (spec.choices[0] ?? "") : "";
  if (spec.kind === "amount") return digits(String(value), decimals);
  if (spec.kind === "seconds") return ofSeconds(Number(value));
  if (spec.kind === "share") return digits(String(value), 2);
  if (spec.kind === "time") return localTime(Number(value));
  return String(value);
}

/** A form with nothing in it but what is usual: rows of their own, that nobody else holds. */
export const emptyForm = (specs: readonly FieldSpec[]): Filled =>
  Object.fromEntries(specs.map((one) => [one.name, structuredClone(one.initial)]));

/** A form with what an offer was made of, as the service tells it: the reverse of `inputOf`. */
export const filledOf = (
  specs: readonly FieldSpec[],
  input: Record<string, unknown>,
  decimals: number,
): Filled =>
  Object.fromEntries(
    specs.map((one) => [one.name, typed(one, input[one.name] ?? undefined, decimals)]),
  );

/** Unix seconds as a field for date and time has them: local, to the minute. */
function localTime(seconds: number): string {
  const there = new Date(seconds * 1_000 - new Date(seconds * 1_000).getTimezoneOffset() * 60_000);
  return there.toISOString().slice(0, 16);
}

/** A row with nothing in it but what is usual. */
export const emptyRow = (spec: FieldSpec): Record<string, Typed> => emptyForm(spec.row);

/** "3 day" of 259200: the number, a space, the unit. */
export function ofSeconds(seconds: number): string {
  const unit = (["week", "day", "hour", "minute"] as const).find(
    (one) => seconds % UNITS[one] === 0,
  );
  return unit === undefined ? `${seconds / 60} minute` : `${seconds / UNITS[unit]} ${unit}`;
}

/** The value for the service, or what is wrong with what was typed. */
export function valueOf(
  spec: FieldSpec,
  given: Typed,
  decimals: number,
): { value: unknown; fault: null } | { value: null; fault: Fault } {
  if (Array.isArray(given)) return rowsOf(spec, given, decimals);
  const text = given.trim();
  if (text === "" || (spec.kind === "seconds" && /^\D*$/.test(text))) {
    if (!spec.optional) return bad("needed");
    return good(spec.kind === "text" ? "" : null);
  }
  switch (spec.kind) {
    case "text":
      return spec.longest !== null && text.length > spec.longest ? bad("long") : good(text);
    case "choice":
      return good(text);
    case "hash":
      return /^0x[0-9a-f]{64}$/i.test(text) ? good(text.toLowerCase()) : bad("hash");
    case "amount": {
      const units = baseUnits(text, decimals);
      return units === null ? bad("amount") : within(spec, BigInt(units), units);
    }
    case "share": {
      const bps = baseUnits(text, 2);
      return bps === null ? bad("number") : within(spec, BigInt(bps), Number(bps));
    }
    case "seconds": {
      const match = /^(\d{1,9}) (minute|hour|day|week)$/.exec(text);
      if (match === null) return bad("number");
      const seconds = Number(match[1]) * UNITS[match[2] as Unit];
      return within(spec, BigInt(seconds), seconds);
    }
    case "time": {
      const time = Math.floor(new Date(text).getTime() / 1_000);
      return Number.isNaN(time) ? bad("time") : within(spec, BigInt(time), time);
    }
    default:
      return /^\d{1,9}$/.test(text) ? within(spec, BigInt(text), Number(text)) : bad("number");
  }
}

function rowsOf(spec: FieldSpec, rows: readonly Record<string, Typed>[], decimals: number) {
  const values = rows.map((row) => inputOf(spec.row, row, decimals));
  if (rows.length < spec.least_rows) return bad("needed");
  return values.every((one) => one !== null) ? good(values) : bad("needed");
}

/** The whole input; null while something in it is wrong. */
export function inputOf(
  specs: readonly FieldSpec[],
  filled: Filled,
  decimals: number,
): Record<string, unknown> | null {
  const input: Record<string, unknown> = {};
  for (const spec of specs) {
    const { value, fault } = valueOf(spec, filled[spec.name] ?? spec.initial, decimals);
    if (fault !== null) return null;
    if (value !== null) input[spec.name] = value;
  }
  return input;
}

const good = (value: unknown) => ({ value, fault: null });
const bad = (fault: Fault) => ({ value: null, fault });

function within(spec: FieldSpec, size: bigint, value: unknown) {
  if (spec.least !== null && size < spec.least) return bad("small");
  return spec.most !== null && size > spec.most ? bad("large") : good(value);
}
