/** Points and who votes with them: claiming what trades earned, and delegating. */
import type { Address, Hex } from "viem";
import { reputationAbi } from "../generated/abi/Reputation";
import type { Shapes } from "./api";
import type { Deed } from "./transactions/deed";
import { send } from "./transactions/send";
import type { Session } from "./wallet/session";

/** One batch, for all parties of these trades. */
export function claim(
  session: Session,
  reputation: Address,
  found: Shapes["ClaimableOut"],
): Promise<Deed> {
  const trades = found.items.map(({ trade }) => ({
    asset: trade.asset as Address,
    parties: trade.parties as Address[],
    tranches: trade.tranches.map(BigInt),
    listingHash: trade.listingHash as Hex,
    pin: BigInt(trade.pin),
  }));
  const args = [found.escrow, trades];
  const call = { what: "claim", address: reputation, abi: reputationAbi };
  return send(session, { ...call, functionName: "claim", args });
}

/** Has another vote with one's points; with oneself it is taken back. */
export function delegate(session: Session, reputation: Address, to: string): Promise<Deed> {
  const call = { what: "delegate", address: reputation, abi: reputationAbi };
  return send(session, { ...call, functionName: "delegate", args: [to] });
}
