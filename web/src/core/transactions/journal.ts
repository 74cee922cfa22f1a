/** The deeds of this browser: what was sent is remembered over a reload. */
import { keep, recall } from "../keep";
import { type Readable, watched } from "../watched";
import { type Deed, isSent } from "./deed";

const NAME = "deeds";
const MOST = 20;
const all = watched<readonly Deed[]>(read());

/** The newest first. */
export const deeds: Readable<readonly Deed[]> = all;

/** Writes a deed as it is now. */
export function note(deed: Deed): Deed {
  all.update((known) => {
    const at = known.findIndex((one) => one.id === deed.id);
    return at < 0 ? [deed, ...known].slice(0, MOST) : known.with(at, deed);
  });
  save();
  return deed;
}

/** Changes a deed; the same again if it is not known any more. */
export function change(deed: Deed, changes: Partial<Deed>): Deed {
  const now = all.get().find((one) => one.id === deed.id) ?? deed;
  return note({ ...now, ...changes });
}

/** Takes a deed off the list. */
export function forget(id: string): void {
  all.update((known) => known.filter((one) => one.id !== id));
  save();
}

function save(): void {
  const sent = all.get().filter(isSent);
  keep(NAME, sent.length === 0 ? null : JSON.stringify(sent));
}

function read(): readonly Deed[] {
  try {
    const found: unknown = JSON.parse(recall(NAME) ?? "[]");
    return Array.isArray(found)
      ? (found as Deed[]).filter((one) => typeof one?.id === "string")
      : [];
  } catch {
    return [];
  }
}
