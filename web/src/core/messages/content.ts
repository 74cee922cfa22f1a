/** What a message says: typed JSON in one form, inside the ciphertext. */

export type Content =
  | { type: "text"; text: string }
  | { type: "address"; lines: string[]; phone: string; note: string }
  /** Of a kind that these pages do not show. */
  | { type: "other"; name: string };

const LONGEST = 4_000; // signs of a text

/** Sorted names, no spaces, UTF-8. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ text, type: "text" }));
}

/** Whether a text can be sent: not empty, not too long. */
export const isText = (text: string): boolean => text.trim() !== "" && text.length <= LONGEST;

/** Null where it is no content, or not in its one form. */
export function decode(data: Uint8Array): Content | null {
  try {
    const written = new TextDecoder("utf-8", { fatal: true }).decode(data);
    const found = JSON.parse(written) as Record<string, unknown>;
    if (JSON.stringify(sorted(found)) !== written) return null;
    const { type, text, lines, phone, note } = found;
    if (type === "text" && typeof text === "string") return { type, text };
    const isLines = Array.isArray(lines) && lines.every((one) => typeof one === "string");
    if (type === "address" && isLines && typeof phone === "string" && typeof note === "string")
      return { type, lines: lines as string[], phone, note };
    return typeof type === "string" ? { type: "other", name: type } : null;
  } catch {
    return null;
  }
}

/** Names in one order, however deep. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]));
}
