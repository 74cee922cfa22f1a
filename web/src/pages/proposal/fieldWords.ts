/** The name of a governed field, in words where there are some. */

/** `say` is of the section `proposals`. */
export function fieldWords(
  say: (key: "field.feeBps", values: { of: string }) => string,
  name: string,
): string {
  const [first = "", ...rest] = name.split(".");
  const key = `field.${first}`;
  const words = say(key as "field.feeBps", { of: rest.join(".") });
  return words === key ? name : words;
}
