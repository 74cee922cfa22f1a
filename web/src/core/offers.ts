/** What an offer says of itself in its text: lines of `name: words`, a blank line, free text. */
import type { Address, Hex } from "viem";
import type { Shapes } from "./api";

export interface Told {
  /** The words by their names, in order; empty for text of another kind. */
  words: ReadonlyMap<string, string>;
  about: string;
}

/** As `backend/terms/plain/document.py` writes it. Never fails: strangers write these. */
export function readText(text: string): Told {
  const [head = "", ...rest] = text.split("\n\n");
  const words = new Map<string, string>();
  for (const line of head.replace(/\n$/, "").split("\n")) {
    const mark = line.indexOf(": ");
    if (mark < 1 || (words.size === 0 && !line.startsWith("template: "))) {
      return { words: new Map(), about: text };
    }
    const name = line.slice(0, mark);
    if (!words.has(name)) words.set(name, line.slice(mark + 2));
  }
  return { words, about: rest.join("\n\n") };
}

/** The `offer` argument of the Escrow's functions. */
export function argumentOf({ argument }: Shapes["OfferOut"]) {
  const { asset, parties, tranches, contentHash, conditions } = argument;
  return {
    asset: asset as Address,
    parties: parties as Address[],
    tranches: tranches.map(BigInt),
    contentHash: contentHash as Hex,
    conditions: BigInt(conditions),
  };
}

/** A line to call an offer by; null where its text is not known. */
export function titleOf(text: string | null | undefined): string | null {
  if (!text) return null;
  const found = readText(text);
  const title = found.words.get("title") ?? found.about.trim().split("\n")[0] ?? "";
  return title === "" ? null : title;
}
