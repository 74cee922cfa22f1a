/** A value that can be watched: Svelte's store contract, without Svelte. */

export interface Readable<T> {
  get(): T;
  /** Tells the value now and at each change; returns how to stop. */
  subscribe(run: (value: T) => void): () => void;
}

export interface Watched<T> extends Readable<T> {
  set(value: T): void;
  update(change: (value: T) => T): void;
}

/** `started` runs when the first watcher comes; what it returns runs when the last one goes. */
export function watched<T>(value: T, started?: () => () => void): Watched<T> {
  const watchers = new Set<(value: T) => void>();
  let stop: (() => void) | undefined;
  const found: Watched<T> = {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const run of [...watchers]) run(value);
    },
    update: (change) => found.set(change(value)),
    subscribe(run) {
      // Each watcher is its own, even where one function watches twice.
      const watcher = (told: T) => run(told);
      watchers.add(watcher);
      if (watchers.size === 1) stop = started?.();
      run(value);
      return () => {
        if (watchers.delete(watcher) && watchers.size === 0) stop?.();
      };
    },
  };
  return found;
}
