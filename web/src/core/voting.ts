/** Proposing, voting, and taking what was decided to its end: each by a call that anyone may send. */
import type { Address } from "viem";
import { marketGovernorAbi } from "../generated/abi/MarketGovernor";
import type { Shapes } from "./api";
import { SUPPORT, type Side } from "./support";
import type { Deed } from "./transactions/deed";
import { type Call, send } from "./transactions/send";
import type { Session } from "./wallet/session";

/** A vote by transaction; without a reason where it is empty. */
export function vote(
  session: Session,
  governor: Address,
  id: string,
  side: Side,
  reason: string,
): Promise<Deed> {
  const args = [BigInt(id), SUPPORT[side]] as const;
  const call = { what: "vote", address: governor, abi: marketGovernorAbi };
  if (reason === "") return send(session, { ...call, functionName: "castVote", args });
  return send(session, { ...call, functionName: "castVoteWithReason", args: [...args, reason] });
}

/** Queues what was accepted, or executes what has waited. */
export function carryOut(
  session: Session,
  governor: Address,
  step: "queue" | "execute",
  given: Shapes["ProposalTupleOut"],
): Promise<Deed> {
  const args = [given.targets, given.values.map(BigInt), given.calldatas, given.descriptionHash];
  const call: Call = {
    what: step,
    address: governor,
    abi: marketGovernorAbi,
    functionName: step,
    args,
  };
  return send(session, call);
}

/** Makes the proposal of a draft. */
export function propose(
  session: Session,
  governor: Address,
  draft: Shapes["DraftOut"],
): Promise<Deed> {
  const { targets, values, calldatas } = draft.arguments;
  const args = [targets, values.map(BigInt), calldatas, draft.description];
  const call = { what: "propose", address: governor, abi: marketGovernorAbi };
  return send(session, { ...call, functionName: "propose", args });
}
