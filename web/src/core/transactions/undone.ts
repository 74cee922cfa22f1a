/** Blocks were undone: what had come off may not have, and is looked at again. */
import { getTransaction, getTransactionReceipt } from "viem/actions";
import { clientOf } from "../chain";
import { type Session, same } from "../wallet/session";
import type { Deed } from "./deed";
import { change, deeds } from "./journal";
import { watch } from "./watch";

/** Looks at every deed of this account that had come off. */
export async function recheck(session: Session): Promise<void> {
  const ours = deeds
    .get()
    .filter((one) => one.outcome.is === "done" && one.hash !== null && one.block !== null)
    .filter((one) => one.chainId === session.chainId && same(one.account, session.account));
  await Promise.all(ours.map((deed) => look(session, deed)));
}

async function look(session: Session, deed: Deed): Promise<void> {
  const client = clientOf(session.wallet.provider);
  const hash = deed.hash as `0x${string}`;
  const receipt = await getTransactionReceipt(client, { hash }).catch(() => null);
  if (receipt !== null && receipt.blockHash === deed.block?.hash) return;
  const waits = receipt ?? (await getTransaction(client, { hash }).catch(() => null));
  if (waits === null) {
    change(deed, { outcome: { is: "undone" } });
  } else {
    // It is in another block, or waits for one again.
    void watch(client, change(deed, { step: "block", block: null, outcome: { is: "running" } }));
  }
}
