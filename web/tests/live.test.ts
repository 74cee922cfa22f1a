import { afterEach, expect, test, vi } from "vitest";
import { type News, live } from "../src/core/live";
import { type Windows, windows } from "../src/core/windows";

/** Locks as a browser has them: one holder, the others wait in turn. */
function queue() {
  const waiting: (() => void)[] = [];
  let held = false;
  const next = () => {
    held = false;
    waiting.shift()?.();
  };
  return {
    request: (_name: string, options: { signal: AbortSignal }, work: () => Promise<void>) =>
      new Promise<void>((resolve, reject) => {
        const take = () => {
          held = true;
          void work().then(() => {
            resolve();
            next();
          });
        };
        if (!held) return take();
        waiting.push(take);
        options.signal.addEventListener("abort", () => {
          const place = waiting.indexOf(take);
          if (place >= 0) waiting.splice(place, 1);
          reject(new DOMException("left", "AbortError"));
        });
      }),
  } as unknown as LockManager;
}

/** A connection that a test speaks through. */
class Source extends EventTarget {
  readyState = 1;
  closed = false;
  tell(news: Partial<News>) {
    const data = JSON.stringify({ undone: false, changes: [], complete: true, ...news });
    this.dispatchEvent(new MessageEvent("block", { data }));
  }
  fail(readyState: number) {
    this.readyState = readyState;
    this.dispatchEvent(new Event("error"));
  }
  close() {
    this.closed = true;
  }
}

const block = (number: number) => ({ number, hash: `0x${number}`, time: number });
const leaving: (() => void)[] = [];
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
  vi.useRealTimers();
});

/** A window that watches. */
function opened(locks: LockManager, sources: Source[]) {
  const found = live(
    () => {
      const source = new Source();
      sources.push(source);
      return source as unknown as EventSource;
    },
    (hear): Windows<never> => windows("test", hear as never, locks),
  );
  const told: News[] = [];
  const leave = found.news.subscribe((news) => news !== null && told.push(news));
  leaving.push(leave);
  return { ...found, told, leave };
}

test("one window of many has the connection, and all are told", async () => {
  const [locks, sources] = [queue(), [] as Source[]];
  const windows = [opened(locks, sources), opened(locks, sources), opened(locks, sources)];
  expect(sources.length).toBe(1);
  sources[0]?.tell({ block: block(7) });
  for (const one of windows) {
    await vi.waitFor(() => expect(one.told.map((news) => news.block.number)).toEqual([7]));
  }
});

test("a window that opens later is told the last news at once", async () => {
  const [locks, sources] = [queue(), [] as Source[]];
  opened(locks, sources);
  sources[0]?.tell({ block: block(7) });
  const later = opened(locks, sources);
  await vi.waitFor(() => expect(later.told.map((news) => news.block.number)).toEqual([7]));
});

test("when the leading window closes the next one goes on, and says that it missed some", async () => {
  const [locks, sources] = [queue(), [] as Source[]];
  const first = opened(locks, sources);
  const second = opened(locks, sources);
  sources[0]?.tell({ block: block(7) });
  await vi.waitFor(() => expect(second.told.length).toBe(1));
  first.leave();
  await vi.waitFor(() => expect(sources.length).toBe(2));
  expect(sources[0]?.closed).toBe(true);
  sources[1]?.tell({ block: block(9) });
  await vi.waitFor(() => expect(second.told.at(-1)?.block.number).toBe(9));
  expect(second.told.map((news) => news.complete)).toEqual([true, false]);
});

test("a service that is away is away for every window", async () => {
  const [locks, sources] = [queue(), [] as Source[]];
  opened(locks, sources);
  const other = opened(locks, sources);
  sources[0]?.fail(0);
  await vi.waitFor(() => expect(other.heard.get()).toBe(false));
  sources[0]?.dispatchEvent(new Event("open"));
  await vi.waitFor(() => expect(other.heard.get()).toBe(true));
});

test("a connection that the service refused is tried again, and says that it missed some", () => {
  vi.useFakeTimers();
  const [locks, sources] = [queue(), [] as Source[]];
  const one = opened(locks, sources);
  sources[0]?.tell({ block: block(7) });
  sources[0]?.fail(2);
  expect(one.heard.get()).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(sources.length).toBe(2);
  sources[1]?.tell({ block: block(8) });
  sources[1]?.tell({ block: block(9) });
  expect(one.told.map((news) => news.complete)).toEqual([true, false, true]);
});

test("where there are no locks every window listens by itself", () => {
  const sources: Source[] = [];
  const [one, two] = [opened(undefined as never, sources), opened(undefined as never, sources)];
  expect(sources.length).toBe(2);
  sources[0]?.tell({ block: block(7) });
  expect([one.told.length, two.told.length]).toEqual([1, 0]);
});
