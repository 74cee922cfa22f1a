/** From a call to a fact: check, confirm in the wallet, in a block, indexed. */
import type { Abi, Address } from "viem";
import { simulateContract, writeContract } from "viem/actions";
import { clientOf } from "../chain";
import { isRefusal } from "../wallet/provider";
import type { Session } from "../wallet/session";
import { begin } from "./begin";
import type { Deed } from "./deed";
import { change } from "./journal";
import { refusalOf } from "./reverts";
import { watch } from "./watch";

export interface Call {
  /** As `Deed.what`. */
  what: string;
  address: Address;
  abi: Abi | readonly unknown[];
  functionName: string;
  args: readonly unknown[];
  value?: bigint;
}

/**
 * Does one call with the wallet in use. Never raises: what went wrong is the outcome. What is done
 * is indexed, so that asking the API tells of it.
 */
export async function send(session: Session, call: Call): Promise<Deed> {
  const account = session.account as Address;
  const client = clientOf(session.wallet.provider);
  let deed = begin(session, call.what);
  const { address, functionName, args, value } = call;
  const request = { address, abi: call.abi as Abi, functionName, args, value, account } as const;
  try {
    // In the block that is being made: the last one's clock lies about deadlines.
    await simulateContract(client, { ...request, blockTag: "pending" });
  } catch (error) {
    return failed(deed, error);
  }
  deed = change(deed, { step: "confirm" });
  let hash: `0x${string}`;
  try {
    hash = await writeContract(client, { ...request, chain: null });
  } catch (error) {
    return failed(deed, error);
  }
  deed = change(deed, { step: "block", hash });
  return watch(client, deed);
}

/** The deed as it ended, by what the wallet or the node raised. */
export function failed(deed: Deed, error: unknown): Deed {
  if (isRefusal(error)) return change(deed, { outcome: { is: "refused" } });
  const refusal = refusalOf(error);
  const short = (error as { shortMessage?: string }).shortMessage;
  const text = refusal?.text ?? short ?? (error instanceof Error ? error.message : String(error));
  return change(deed, { outcome: { is: "failed", name: refusal?.name ?? null, text } });
}
