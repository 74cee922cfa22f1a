/** What an account can do about a part of a trade, by the state machine of a tranche. */
import type { Shapes } from "../api";
import { same } from "../wallet/session";

export type Tranche = Shapes["TrancheOut"];

/** Calls of the Escrow that one account can make alone; both sides can agree on a split besides. */
export type Move = "perform" | "accept" | "refund" | "dispute" | "expire";
export type Side = "performer" | "checker" | "other";

export interface Moves {
  /** The one thing to do now; null where it is somebody else's turn, or nobody's. */
  next: Move | null;
  /** What else can be done. */
  more: Move[];
}

/** Whose side of this part the account is on. */
export function sideOf(tranche: Tranche, account: string | null | undefined): Side {
  if (same(tranche.performer, account)) return "performer";
  return same(tranche.checker, account) ? "checker" : "other";
}

/** `now` is the chain's clock, unix seconds. */
export function movesOf(tranche: Tranche, account: string | null, now: number): Moves {
  if (tranche.nextDefault === null) return { next: null, more: [] };
  const side = sideOf(tranche, account);
  const due = now > tranche.nextDefault.dueAt;
  if (side === "other") return { next: due ? "expire" : null, more: [] };
  const late: Move[] = due ? ["expire"] : [];
  switch (tranche.status) {
    case "open":
      if (side === "checker") return { next: due ? "expire" : null, more: ["accept"] };
      return { next: due ? null : "perform", more: ["refund", ...late] };
    case "performed":
      if (side === "performer") return { next: due ? "expire" : null, more: ["refund"] };
      return due
        ? { next: null, more: ["accept", ...late] }
        : { next: "accept", more: ["dispute"] };
    default: // disputed
      return { next: null, more: [side === "performer" ? "refund" : "accept", ...late] };
  }
}

/** The first thing to do in a whole trade; null where it is not this account's turn. */
export function turnOf(
  tranches: readonly Tranche[],
  account: string | null,
  now: number,
): { tranche: Tranche; move: Move } | null {
  for (const tranche of tranches) {
    const { next } = movesOf(tranche, account, now);
    if (next !== null && (next !== "expire" || sideOf(tranche, account) !== "other"))
      return { tranche, move: next };
  }
  return null;
}
