/** What is new, told by the service as it indexes each block (server-sent events). */
import type { Shapes } from "./api";
import { type Readable, watched } from "./watched";

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

/** Listens as long as anybody watches the news; again and again while the service is away. */
export function live(open: () => EventSource = () => new EventSource("/api/v1/stream")): Live {
  const heard = watched(true);
  const news = watched<News | null>(null, () => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function listen(gap = false) {
      source = open();
      source.addEventListener("open", () => heard.set(true));
      source.addEventListener("error", () => {
        heard.set(false);
        // A browser tries again by itself, but not where the service has answered with a problem.
        if (source.readyState === 2) timer = setTimeout(() => listen(true), AGAIN);
      });
      source.addEventListener("block", (event) => {
        heard.set(true);
        const told = JSON.parse((event as MessageEvent<string>).data) as News;
        // A connection of its own starts at the newest block: what was before it, nobody told.
        news.set(gap ? { ...told, complete: false } : told);
        gap = false;
      });
    }
    listen();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  });
  return { news, heard };
}

/** Whether news concern what a page shows: anything undone or left out does. */
export function concerns(news: News, names: readonly string[]): boolean {
  if (news.undone || !news.complete) return true;
  return news.changes.some((change) => names.some((name) => change.name.startsWith(name)));
}
