/**
 * Every text of the pages, by section. A section is a file in `en/` and one of the same name in each
 * other language; the compiler holds the keys together. A page's section is loaded with the page.
 *
 * `{name}` stands for a value. Where a text depends on a number, `{count}` chooses among its forms,
 * written with ` | ` between in the order of `FORMS`.
 */
import { keep, recall } from "../core/keep";
import { type Readable, watched } from "../core/watched";
import type { Sections } from "./sections";

export type { Sections };
export type Section = keyof Sections;
export type Language = "en" | "de";
export type Values = Record<string, string | number>;

export const LANGUAGES: Record<Language, string> = { en: "English", de: "Deutsch" };
const FORMS: Record<Language, readonly Intl.LDMLPluralRule[]> = {
  en: ["one", "other"],
  de: ["one", "other"],
};

const files = import.meta.glob<{ default: Record<string, string> }>(["./en/*.ts", "./de/*.ts"]);
const loaded = new Map<string, Record<string, string>>();
const wanted = new Set<Section>();
const current = watched<Language>("en");

/** The language that texts are shown in. */
export const language: Readable<Language> = current;

/** Says that sections are going to be needed, whatever language is spoken. */
export function want(...sections: Section[]): void {
  for (const section of sections) wanted.add(section);
}

/** Loads sections in the language of now; texts of a section are there once this is done. */
export async function load(...sections: Section[]): Promise<void> {
  want(...sections);
  await fetchAll(current.get(), sections);
}

/** Changes the language once all that is shown is there in it. */
export async function speak(to: Language): Promise<void> {
  await fetchAll(to, [...wanted]);
  keep("language", to);
  document.documentElement.lang = to;
  current.set(to);
}

/** What the reader chose, else the first that the browser names and we have. */
export function preferred(): Language {
  const named = [recall("language") ?? "", ...navigator.languages];
  const found = named.map((one) => one.slice(0, 2)).find((one) => one in LANGUAGES);
  return (found as Language | undefined) ?? "en";
}

async function fetchAll(to: Language, sections: readonly Section[]): Promise<void> {
  await Promise.all(
    sections.map(async (section) => {
      const name = `./${to}/${section}.ts`;
      if (loaded.has(name)) return;
      const file = files[name];
      if (file) loaded.set(name, (await file()).default);
    }),
  );
}

/** `const t = texts("market")`, then `$t("title")`: the texts of a section, in the language of now. */
export function texts<S extends Section>(
  section: S,
): Readable<(key: keyof Sections[S] & string, values?: Values) => string> {
  const say = (to: Language) => (key: string, values?: Values) => {
    const text = loaded.get(`./${to}/${section}.ts`)?.[key];
    return text === undefined ? key : fill(text, values ?? {}, to);
  };
  return {
    get: () => say(current.get()),
    subscribe: (run) => current.subscribe((to) => run(say(to))),
  };
}

/** A text with its values in their places. */
export function fill(text: string, values: Values, to: Language): string {
  const forms = text.split(" | ");
  let chosen = text;
  if (forms.length > 1 && typeof values.count === "number") {
    const rule = new Intl.PluralRules(to).select(values.count);
    chosen = forms[FORMS[to].indexOf(rule)] ?? forms.at(-1) ?? text;
  }
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(to).format(value) : value;
  });
}
