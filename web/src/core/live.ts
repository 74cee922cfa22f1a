/** What is new, told by the service as it indexes each block (server-sent events). */
import type { Shapes } from "./api";
import { type Readable, watched } from "./watched";
import { type Windows, windows } from "./windows";

/** `NewsOut` of the stream; its events are not in the OpenAPI document. */
export interface News {
  block: Shapes["BlockOut"];
  undone: boolean;
  changes: {
    name: string;
    tradeId: string | null;
    proposalId: string | null;
    caseId: string | null;
    fact: Shapes["FactOut"];
  }[];
  complete: boolean;
}

export interface Live {
  /** The last message; null until the first has come. */
  news: Readable<News | null>;
  /** Whether the service can be heard. */
  heard: Readable<boolean>;
}

const AGAIN = 2_000; // milliseconds

/** What the window that listens tells the others, and what one that has just opened asks it. */
type Said = { news: News } | { last: News } | { heard: boolean } | { asks: true };
type Line = (hear: (said: Said) => void) => Windows<Said>;

/**
 * Listens as long as anybody watches the news; again and again while the service is away. Of all
 * windows of a browser one has the connection, and tells the others.
 */
export function live(
  open: () => EventSource = () => new EventSource("/api/v1/stream"),
  line: Line = (hear) => windows("commonhold-news", hear),
): Live {
  const heard = watched(true);
  const news = watched<News | null>(null, () => {
    let leads = false;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const others = line((said) => {
      if ("news" in said) {
        heard.set(true);
        news.set(said.news);
      } else if ("last" in said) {
        if (news.get() === null) news.set(said.last);
      } else if ("heard" in said) heard.set(said.heard);
      else if (leads) {
        const last = news.get();
        if (last !== null) others.say({ last });
        if (!heard.get()) others.say({ heard: false });
      }
    });
    function hears(now: boolean) {
      heard.set(now);
      others.say({ heard: now });
    }
    function listen(gap: boolean) {
      source = open();
      source.addEventListener("open", () => hears(true));
      source.addEventListener("error", () => {
        hears(false);
        // A browser tries again by itself, but not where the service has answered with a problem.
        if (source.readyState === 2) timer = setTimeout(() => listen(true), AGAIN);
      });
      source.addEventListener("block", (event) => {
        const told = JSON.parse((event as MessageEvent<string>).data) as News;
        // A connection of its own starts at the newest block: what was before it, nobody told.
        const next = gap ? { ...told, complete: false } : told;
        gap = false;
        heard.set(true);
        news.set(next);
        others.say({ news: next });
      });
    }
    others.lead(() => {
      leads = true;
      listen(news.get() !== null); // another window led until now
      return () => {
        leads = false;
        clearTimeout(timer);
        source.close();
      };
    });
    others.say({ asks: true });
    return () => others.close();
  });
  return { news, heard };
}

/** Whether news concern what a page shows: anything undone or left out does. */
export function concerns(news: News, names: readonly string[]): boolean {
  if (news.undone || !news.complete) return true;
  return news.changes.some((change) => names.some((name) => change.name.startsWith(name)));
}
