/** What a sponsor pays in for the fills of its own offer, and takes back when it is over. */
import type { Address } from "viem";
import type { OfferAt } from "../api";
import { argumentOf } from "../offers";
import type { Deed } from "../transactions/deed";
import type { Session } from "../wallet/session";
import { allowance, approve, onEscrow } from "./act";

const COIN = `0x${"0".repeat(40)}`;

/** Pays in for so many more fills; a token is let go of exactly as far as that. */
export async function lockBudget(session: Session, offer: OfferAt, fills: number): Promise<Deed> {
  const { asset, value } = offer.budget?.perFill ?? { asset: COIN, value: "0" };
  const sum = BigInt(value) * BigInt(fills);
  const args = [argumentOf(offer), fills];
  if (asset === COIN) return onEscrow(session, "lockBudget", args, sum);
  if ((await allowance(session, asset as Address)) < sum) {
    const deed = await approve(session, asset as Address, sum);
    if (deed.outcome.is !== "done") return deed;
  }
  return onEscrow(session, "lockBudget", args);
}

/** Gives what is left back to the sponsor: anyone may ask for that once the offer is over. */
export const unlockBudget = (session: Session, offer: OfferAt): Promise<Deed> =>
  onEscrow(session, "unlockBudget", [argumentOf(offer)]);
