/** A signed vote as the fragment of a link: a browser never sends that to a service. */
import { SIDES, type Side } from "./support";

export interface SignedBallot {
  voter: string;
  side: Side;
  /** Empty where none was signed. */
  reason: string;
  signature: string;
}

/** The fragment, with its sign before it. */
export function ballotLink(ballot: SignedBallot): string {
  const { voter, side, reason, signature } = ballot;
  const given = new URLSearchParams({ vote: side, voter, signature });
  if (reason !== "") given.set("reason", reason);
  return `#${given.toString()}`;
}

/** The signed vote of a fragment; null where there is none, or it is not whole. */
export function ballotOf(fragment: string): SignedBallot | null {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const side = SIDES.find((one) => one === given.get("vote"));
  const voter = given.get("voter") ?? "";
  const signature = given.get("signature") ?? "";
  if (side === undefined || !/^0x[0-9a-f]{40}$/i.test(voter)) return null;
  if (!/^0x([0-9a-f]{2})+$/i.test(signature)) return null;
  return { voter, side, reason: given.get("reason") ?? "", signature };
}
