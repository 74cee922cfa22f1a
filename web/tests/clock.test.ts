import { expect, test } from "vitest";
import { clock, distance, duration } from "../src/core/clock";
import type { News } from "../src/core/live";
import { watched } from "../src/core/watched";

const block = (time: number): News => ({
  block: { number: 1, hash: "0x", time },
  undone: false,
  changes: [],
  complete: true,
});

test("time goes on from the newest block, however far the chain is off the wall", () => {
  const news = watched<News | null>(null);
  let wall = 1_000;
  const now = clock(news, () => wall);
  const seen: (number | null)[] = [];
  const stop = now.subscribe((time) => seen.push(time));
  news.set(block(500_000));
  wall += 30;
  news.set(block(400_000)); // the chain went back
  stop();
  expect(seen).toEqual([null, 500_000, 400_000]);
});

test("distances and lengths in words", () => {
  expect(distance(2 * 86_400 + 5, "en")).toBe("in 2 days");
  expect(distance(-90, "en")).toBe("1 minute ago");
  expect(distance(3_600, "de")).toBe("in 1 Stunde");
  expect(duration(86_400 + 7_200 + 59, "en")).toBe("1 day, 2 hours");
  expect(duration(0, "en")).toBe("0 seconds");
});
