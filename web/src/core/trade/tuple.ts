/** The `trade` argument of every contract that is told of a trade. */
import type { Shapes } from "../api";

export function tupleOf({ asset, parties, tranches, listingHash, pin }: Shapes["TradeTupleOut"]) {
  return { asset, parties, tranches: tranches.map(BigInt), listingHash, pin: BigInt(pin) };
}
