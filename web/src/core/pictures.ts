/** Pictures in a text: `![what it shows](ipfs://CID)`, the one part of Markdown that offers use. */
export interface Picture {
  alt: string;
  cid: string;
}

const MARK = /!\[([^\]\n]{0,200})\]\(ipfs:\/\/(bafkrei[a-z2-7]{52})\)/g;

/** In their order, each once. Never fails: strangers write these. */
export function picturesOf(text: string): Picture[] {
  const found = new Map<string, Picture>();
  for (const [, alt = "", cid = ""] of text.matchAll(MARK)) {
    if (!found.has(cid)) found.set(cid, { alt, cid });
  }
  return [...found.values()];
}

/** The words around them. */
export const wordsOf = (text: string): string =>
  text
    .replace(MARK, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

/** The text with one more at its end. */
export function withPicture(text: string, alt: string, cid: string): string {
  const shows = alt
    .replace(/[[\]\n]/g, " ")
    .trim()
    .slice(0, 200);
  const words = text.trimEnd();
  return `${words}${words === "" ? "" : "\n\n"}![${shows}](ipfs://${cid})`;
}

export const withoutPicture = (text: string, cid: string): string =>
  text.replace(MARK, (mark, _alt, other) => (other === cid ? "" : mark)).trim();
