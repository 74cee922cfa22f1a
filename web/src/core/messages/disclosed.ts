/** What a file of disclosed messages is known by. */
export const FORMAT = "commonhold disclosure 1";

/** Whether a text says that it is such a file; what it proves is another matter. */
export const isDisclosure = (text: string): boolean =>
  text.startsWith("{") && text.includes(`"format":"${FORMAT}"`);
