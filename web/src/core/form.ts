/** What was filled into a template's form, value by value in words. */
import { shown } from "./amounts";
import type { Amount } from "./api";
import { duration, moment } from "./clock";

/** A field of a form's JSON schema, as far as it is needed to show a value. */
export interface Field {
  description?: string;
  unit?: string;
}

/** Fields of `GET /templates/{name}`. */
export function fieldsOf(input: Record<string, unknown>): Record<string, Field> {
  return (input.properties ?? {}) as Record<string, Field>;
}

/** The value in words; null where it is a list or empty: the sentences tell of it. */
export function inWords(value: unknown, unit: string | undefined, of: Amount, language: string) {
  if (typeof value === "string" && value !== "" && unit === "asset" && /^\d+$/.test(value)) {
    return shown({ ...of, value }, language);
  }
  if (typeof value === "number") {
    if (unit === "seconds") return duration(value, language);
    if (unit === "time") return value === 0 ? null : moment(value, language);
    if (unit === "bps") {
      const style = { style: "percent", maximumFractionDigits: 2 } as const;
      return new Intl.NumberFormat(language, style).format(value / 10_000);
    }
    return new Intl.NumberFormat(language).format(value);
  }
  return typeof value === "string" && value !== "" ? value : null;
}
