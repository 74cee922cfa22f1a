import { expect, test } from "vitest";
import { type Tranche, movesOf, sideOf, turnOf } from "../src/core/trade/moves";
import { basisPoints, shares } from "../src/core/trade/share";

const [PERFORMER, CHECKER, OTHER] = ["0xAa", "0xBb", "0xCc"] as const;
const DUE = 1_000;

function part(status: string): Tranche {
  const open = ["open", "performed", "disputed"].includes(status);
  const nextDefault = open ? { dueAt: DUE } : null;
  return { status, performer: PERFORMER, checker: CHECKER, nextDefault } as Tranche;
}

test("each side has at most one next thing to do, in time", () => {
  expect(movesOf(part("open"), PERFORMER, DUE)).toEqual({ next: "perform", more: ["refund"] });
  expect(movesOf(part("open"), CHECKER, DUE)).toEqual({ next: null, more: ["accept"] });
  expect(movesOf(part("performed"), CHECKER, DUE)).toEqual({ next: "accept", more: ["dispute"] });
  expect(movesOf(part("performed"), PERFORMER, DUE)).toEqual({ next: null, more: ["refund"] });
  expect(movesOf(part("disputed"), PERFORMER, DUE)).toEqual({ next: null, more: ["refund"] });
  expect(movesOf(part("disputed"), CHECKER, DUE)).toEqual({ next: null, more: ["accept"] });
});

test("after the deadline whoever silence favours closes it; nobody performs or disputes", () => {
  const late = DUE + 1;
  expect(movesOf(part("open"), CHECKER, late).next).toBe("expire");
  expect(movesOf(part("performed"), PERFORMER, late).next).toBe("expire");
  for (const status of ["open", "performed", "disputed"]) {
    for (const who of [PERFORMER, CHECKER]) {
      const { next, more } = movesOf(part(status), who, late);
      expect([next, ...more]).toContain("expire");
      expect([next, ...more]).not.toContain("perform");
      expect([next, ...more]).not.toContain("dispute");
    }
  }
});

test("a stranger closes what is due, and nothing else", () => {
  for (const status of ["open", "performed", "disputed"]) {
    expect(movesOf(part(status), OTHER, DUE)).toEqual({ next: null, more: [] });
    expect(movesOf(part(status), OTHER, DUE + 1)).toEqual({ next: "expire", more: [] });
    expect(movesOf(part(status), null, DUE + 1).next).toBe("expire");
  }
});

test("nothing can be done about a part that is closed", () => {
  expect(movesOf(part("accepted"), PERFORMER, 0)).toEqual({ next: null, more: [] });
});

test("the turn in a trade is that of its first part with something to do, for its sides only", () => {
  const parts = [part("accepted"), part("performed"), part("open")];
  expect(turnOf(parts, CHECKER, DUE)?.move).toBe("accept");
  expect(turnOf(parts, PERFORMER, DUE)).toEqual({ tranche: parts[2], move: "perform" });
  expect(turnOf(parts, OTHER, DUE + 1)).toBeNull();
  expect(sideOf(part("open"), "0xaA")).toBe("performer");
});

test("percent are typed with two decimals at most", () => {
  expect(basisPoints("33.25")).toBe(3_325);
  expect(basisPoints(" 7,5 ")).toBe(750);
  expect(basisPoints("100")).toBe(10_000);
  for (const bad of ["", "100.01", "101", "1.234", "-1", "x"]) expect(basisPoints(bad)).toBeNull();
});

test("shares add up, and are rounded against who delivers", () => {
  expect(shares("1001", 5_000)).toEqual({ performer: "500", checker: "501" });
  expect(shares("1", 9_999)).toEqual({ performer: "0", checker: "1" });
});
