/** The deeds of this browser: what was sent is remembered over a reload, and in all its windows. */
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
  all.update((known) => put(known, deed));
  if (isSent(deed)) write(put(read(), deed));
  return deed;
}

/** Changes a deed; the same again if it is not known any more. */
export function change(deed: Deed, changes: Partial<Deed>): Deed {
  const now = all.get().find((one) => one.id === deed.id) ?? deed;
  return note({ ...now, ...changes });
}

/** Takes a deed off the list, in every window. */
export function forget(id: string): void {
  const others = (known: readonly Deed[]) => known.filter((one) => one.id !== id);
  all.update(others);
  write(others(read()));
}

/** Follows what other windows of this browser do. */
export function followWindows(): void {
  window.addEventListener("storage", (event) => {
    if (!event.key?.endsWith(NAME)) return;
    const unsent = all.get().filter((one) => !isSent(one));
    all.set([...unsent, ...read()].sort((a, b) => b.begun - a.begun));
  });
}

function put(known: readonly Deed[], deed: Deed): readonly Deed[] {
  const at = known.findIndex((one) => one.id === deed.id);
  return at < 0 ? [deed, ...known].slice(0, MOST) : known.with(at, deed);
}

function write(sent: readonly Deed[]): void {
  keep(NAME, sent.length === 0 ? null : JSON.stringify(sent));
}

function read(): readonly Deed[] {
  try {
    const found: unknown = JSON.parse(recall(NAME) ?? "[]");
    if (!Array.isArray(found)) return [];
    return (found as Deed[]).filter((one) => typeof one?.id === "string" && one.outcome?.is);
  } catch {
    return [];
  }
}
