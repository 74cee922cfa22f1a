/** Acting before the Court with the wallet in use. Loaded when somebody does. */
import type { Abi, Address, Hex } from "viem";
import { courtAbi } from "../../generated/abi/Court";
import { bondedSeedAbi } from "../../generated/abi/BondedSeed";
import { jurorPoolAbi } from "../../generated/abi/JurorPool";
import { tokenAbi } from "../../generated/abi/Token";
import type { Shapes } from "../api";
import { upload } from "../content";
import { contract } from "../market";
import { tupleOf } from "../trade/tuple";
import { begin } from "../transactions/begin";
import type { Deed } from "../transactions/deed";
import { change } from "../transactions/journal";
import { send } from "../transactions/send";
import type { Session } from "../wallet/session";
import { choiceOf, commitmentOf, seedCommitmentOf, seedSecret, voteSecret } from "./secret";

type Trade = Shapes["TradeTupleOut"];
type Vote = Shapes["SeatDutyOut"];
type Seed = Shapes["SeedDutyOut"];

/** As the ABI counts the sides. */
const SIDE: Readonly<Record<string, number>> = { performer: 1, checker: 2 };
const MOST_DRAWS = 100n; // numbers of the seed's sequence in one transaction
const COIN = "0x0000000000000000000000000000000000000000";

function onCourt(
  session: Session,
  functionName: string,
  args: readonly unknown[],
  value = 0n,
): Promise<Deed> {
  const what = `court.${functionName}`;
  const address = contract("Court");
  return send(session, { what, address, abi: courtAbi, functionName, args, value });
}

/** A side of a disputed part brings it before the Court, with its deposit (wei). */
export const openCase = (session: Session, trade: Trade, tranche: number, deposit: string) =>
  onCourt(session, "openCase", [tupleOf(trade), BigInt(tranche)], BigInt(deposit));

/** A call that the API says can be made now, and that needs nothing more to be said. */
export function simply(
  session: Session,
  found: Shapes["DisputeOut"],
  action: Shapes["ActionOut"],
): Promise<Deed> {
  const id = found.id as Hex;
  const value = BigInt(action.value?.value ?? "0");
  switch (action.function) {
    case "join":
      return onCourt(session, "join", [id], value);
    case "draw":
      return onCourt(session, "draw", [id, MOST_DRAWS]);
    case "execute":
      return onCourt(session, "execute", [id, tupleOf(found.trade)]);
    case "settleRound":
      return onCourt(session, "settleRound", [
        id,
        BigInt(action.round ?? 0),
        BigInt(action.attempt ?? 0),
      ]);
    case "fundAppeal":
      return onCourt(session, "fundAppeal", [id, SIDE[action.side ?? ""]], value);
    default:
      return onCourt(session, "advance", [id]);
  }
}

/** Credits a contributor to an appeal with its share. */
export function claimAppeal(
  session: Session,
  id: string,
  owed: Shapes["MoneyItemOut"],
): Promise<Deed> {
  const args = [id, BigInt(owed.round ?? 0), SIDE[owed.side ?? ""], owed.account];
  return onCourt(session, "claimAppeal", args);
}

/** Keeps words or a picture, then shows the hash to the Court. Raises Problem and Unreachable. */
export async function showEvidence(
  session: Session,
  id: string,
  shown: string | Uint8Array,
): Promise<Deed> {
  const { content, deed } = await upload(session, shown);
  if (content === null) return deed;
  return onCourt(session, "submitEvidence", [id, content.hash, `ipfs://${content.cid}`]);
}

function ballotOf(session: Session, vote: Vote) {
  return {
    chainId: session.chainId,
    court: contract("Court"),
    caseId: vote.caseId as Hex,
    round: vote.round,
    attempt: vote.attempt,
    juror: session.account as Address,
  };
}

/** Commits to the performer's share, in basis points; the salt is made of a signature. */
export async function commit(session: Session, vote: Vote, performerBps: number): Promise<Deed> {
  const ballot = ballotOf(session, vote);
  const { secret, deed } = await voteSecret(session, ballot);
  if (secret === null) return deed;
  const commitment = commitmentOf(ballot, performerBps, secret);
  return onCourt(session, "commit", [vote.caseId, BigInt(vote.seat), commitment]);
}

/** Finds the vote again by the same signature, and opens it. */
export async function reveal(session: Session, vote: Vote): Promise<Deed> {
  const ballot = ballotOf(session, vote);
  const { secret, deed } = await voteSecret(session, ballot);
  if (secret === null) return deed;
  const choice = choiceOf(ballot, vote.commitment ?? "", secret);
  if (choice === null) {
    const outcome = { is: "failed", name: "OtherSalt", text: "" } as const;
    return change(begin(session, "court.reveal"), { outcome });
  }
  return onCourt(session, "reveal", [vote.caseId, BigInt(vote.seat), BigInt(choice), secret]);
}

/** Commits to, or shows, one's part of a seed. */
export async function giveSeed(
  session: Session,
  given: Seed,
  step: "commit" | "reveal",
): Promise<Deed> {
  const address = contract("BondedSeed");
  const round = BigInt(given.seedId);
  const giver = session.account as Address;
  const seat = { chainId: session.chainId, contract: address, round, giver };
  const { secret, deed } = await seedSecret(session, seat);
  if (secret === null) return deed;
  const shown = step === "commit" ? seedCommitmentOf(seat, secret) : secret;
  const args = [round, BigInt(given.seat), shown];
  const call = { address, abi: bondedSeedAbi, functionName: step, args };
  return send(session, { what: `seed.${step}`, ...call });
}

/** Adds to the stake, after allowing exactly that of a token. */
export async function stake(session: Session, asset: string, amount: string): Promise<Deed> {
  const value = BigInt(amount);
  const pool = contract("JurorPool");
  if (asset !== COIN) {
    const allowed = await send(session, {
      what: "approve",
      address: asset as Address,
      abi: tokenAbi,
      functionName: "approve",
      args: [pool, value],
    });
    if (allowed.outcome.is !== "done") return allowed;
  }
  return onPool(session, "stake", [value], asset === COIN ? value : 0n);
}

/** Asks for so much of the stake back, in place of what was asked before. */
export const askBack = (session: Session, amount: string): Promise<Deed> =>
  onPool(session, "requestLeave", [BigInt(amount)]);

/** Takes out what was asked back and is free. */
export const takeOut = (session: Session): Promise<Deed> => onPool(session, "withdraw", []);

/** Opts out of being drawn, or back in. */
export const setDrawable = (session: Session, drawable: boolean): Promise<Deed> =>
  onPool(session, "setDrawable", [drawable]);

function onPool(
  session: Session,
  functionName: string,
  args: readonly unknown[],
  value = 0n,
): Promise<Deed> {
  const call = { address: contract("JurorPool"), abi: jurorPoolAbi as Abi, functionName, args };
  return send(session, { what: `pool.${functionName}`, ...call, value });
}
