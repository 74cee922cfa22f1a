/** What a side deposits for the first jury, by the rules that a trade pinned. */
import { type Amount, type Shapes, api, told } from "../api";
import { market } from "../market";

const COIN = `0x${"0".repeat(40)}`;

export interface Deposit {
  amount: Amount;
  jurors: number;
}

/** Null where those rules name no jury. Raises Problem and Unreachable. */
export async function depositOf(rulesVersion: number): Promise<Deposit | null> {
  const { items } = await told(api.GET("/api/v1/rules"));
  const jury: Shapes["JuryOut"] | null | undefined = items.find(
    (one) => one.version === rulesVersion,
  )?.jury;
  const coin = market.get()?.chain.coin;
  if (!jury || !coin) return null;
  const value = (BigInt(jury.jurorFee) * BigInt(jury.jurors)).toString();
  return { jurors: jury.jurors, amount: { asset: COIN, value, ...coin } };
}
