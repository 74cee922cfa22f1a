/** Governed fields and their values in words: every page that shows one asks here. */
import { governedValue } from "../../core/governed";

/** Texts of the section `proposals`; a key that is none comes back as it is. */
type Say = (key: "field.feeBps", values: { of: string }) => string;
type Plain = (key: "unset" | "flag.true" | "flag.false") => string;

/** The name of a field, in words where there are some. */
export function fieldWords(say: Say, name: string): string {
  const [first = "", ...rest] = name.split(".");
  const told = (key: string, of = "") => {
    const words = say(key as "field.feeBps", { of });
    return words === key ? null : words;
  };
  switch (first) {
    case "terms": {
      const [type = "", field = ""] = rest;
      return told(`field.terms.${field}`, told(`type.${type}`) ?? type) ?? name;
    }
    case "asset": {
      const [asset = "", field = ""] = rest;
      return told(`field.asset.${field}`, asset) ?? name;
    }
    case "attestor": {
      const [claim = "", account = ""] = rest;
      return told("field.attestor", `${told(`claim.${claim}`) ?? claim} · ${account}`) ?? name;
    }
    default:
      return told(`field.${first}`, rest.join(".")) ?? name;
  }
}

/** A value in words; null is one that was never set, or is not known. */
export function valueWords(
  say: Plain,
  value: string | null,
  unit: string,
  language: string,
): string {
  if (value === null) return say("unset");
  if (unit === "flag") return say(value === "true" ? "flag.true" : "flag.false");
  return governedValue(value, unit, language);
}
