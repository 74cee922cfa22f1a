/** Which page is shown: the path of the address, as the browser keeps it. */
import { type Readable, watched } from "./watched";

export interface Place {
  path: string;
  query: URLSearchParams;
  /** With its sign before it; empty where there is none. */
  fragment: string;
}

export type Found<R> = { route: R; params: Record<string, string> };

/** The first route whose pattern (`/offers/:offerHash`) the path matches; null if none does. */
export function match<R extends { path: string }>(
  routes: readonly R[],
  path: string,
): Found<R> | null {
  const parts = path.split("/").filter(Boolean);
  for (const route of routes) {
    const wanted = route.path.split("/").filter(Boolean);
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((name, index) => {
      const part = decoded(parts[index] ?? "");
      if (name.startsWith(":") && part !== null) {
        params[name.slice(1)] = part;
        return true;
      }
      return name === part;
    });
    if (fits) return { route, params };
  }
  return null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

const read = (): Place => ({
  path: globalThis.location?.pathname ?? "/",
  query: new URLSearchParams(globalThis.location?.search ?? ""),
  fragment: globalThis.location?.hash ?? "",
});
const here = watched<Place>(read());

/** Where the reader is. */
export const place: Readable<Place> = here;

/** Goes to another page; with `replace`, without a step in the history. */
export function go(to: string, { replace = false } = {}): void {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  here.set(read());
}

/** Follows the browser's own steps, and links of this market without a reload. */
export function followLinks(root: Document): void {
  window.addEventListener("popstate", () => here.set(read()));
  root.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download"))
      return;
    if (/^\/(api|docs|health|ready|status)(\/|$)/.test(link.pathname)) return;
    if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}
