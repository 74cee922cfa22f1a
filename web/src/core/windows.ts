/**
 * All windows of one browser listen through one of them: browsers open few connections to a place.
 *
 * Which one is decided by a lock that the browser gives to the next when a window closes. Where a
 * browser has no locks, or none here because the page is not from a safe place, each is alone.
 */

export interface Windows<Said> {
  /** Runs `work` here once it is this window's turn; what it returns runs at the end. */
  lead(work: () => () => void): void;
  /** Tells all other windows. */
  say(said: Said): void;
  close(): void;
}

type Locks = Pick<LockManager, "request">;

export function windows<Said>(
  name: string,
  hear: (said: Said) => void,
  locks: Locks | undefined = globalThis.navigator?.locks,
): Windows<Said> {
  if (locks === undefined || typeof BroadcastChannel === "undefined") return alone();
  const line = new BroadcastChannel(name);
  line.onmessage = (event) => hear(event.data as Said);
  const left = new AbortController();
  return {
    lead(work) {
      locks
        .request(name, { signal: left.signal }, async () => {
          const stop = work();
          await new Promise<void>((resolve) => {
            if (left.signal.aborted) resolve();
            else left.signal.addEventListener("abort", () => resolve());
          });
          stop();
        })
        .catch((error: unknown) => {
          // Who closes before its turn has come is told so by an error.
          if (!left.signal.aborted) throw error;
        });
    },
    say: (said) => line.postMessage(said),
    close() {
      left.abort();
      line.close();
    },
  };
}

function alone<Said>(): Windows<Said> {
  let stop = () => {};
  return {
    lead(work) {
      stop = work();
    },
    say() {},
    close: () => stop(),
  };
}
