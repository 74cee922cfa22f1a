/** Text that strangers wrote: shown as text, with what hides or deceives made visible. */

// Controls, directions, zero widths, tags, fillers: whatever is not seen but changes what is seen.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const LATIN = /\p{Script=Latin}/u;
const LOOKS_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/** The text with every unseen sign written out: "a‮b" becomes "a[U+202E]b". */
export function plainly(text: string): string {
  return text.replace(UNSEEN, (sign, at: number) => {
    // What joins pictures into one ("👩‍🌾") deceives nobody.
    if (sign === "\u200d" && PICTURE.test(text.slice(0, at))) return sign;
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
  });
}

/** Words that mix Latin letters with letters that look like them: "раypal". */
export function mixedWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  return words.filter((word) => LATIN.test(word) && LOOKS_LATIN.test(word));
}

/** A picture that a wallet brought along, if it is one that is in the address itself. */
export function safeIcon(icon: unknown): string | null {
  if (typeof icon !== "string" || icon.length > 200_000) return null;
  return /^data:image\/(png|jpeg|webp|gif|svg\+xml)[;,]/.test(icon) ? icon : null;
}
