/** A transaction that was sent: until it is in a block, and the block is indexed. */
import type { Client } from "viem";
import { TransactionNotFoundError } from "viem";
import { getTransaction, getTransactionCount, getTransactionReceipt } from "viem/actions";
import { Problem, api, told } from "../api";
import type { Deed } from "./deed";
import { change } from "./journal";

const LOOK = 400; // milliseconds
const LOST = 6_000; // milliseconds without a trace of it: it was dropped
const pause = (time = LOOK) => new Promise((done) => setTimeout(done, time));

/** Until it is over, however long the chain or the service is away. */
export async function watch(client: Client, deed: Deed): Promise<Deed> {
  const found = await untilInBlock(client, deed);
  if (found.outcome.is !== "running") return found;
  return untilIndexed(client, found);
}

async function untilInBlock(client: Client, given: Deed): Promise<Deed> {
  let deed = given;
  const hash = deed.hash as `0x${string}`;
  let traced = Date.now();
  for (;;) {
    const receipt = await getTransactionReceipt(client, { hash }).catch(() => null);
    if (receipt) {
      const block = { number: Number(receipt.blockNumber), hash: receipt.blockHash };
      if (receipt.status === "success") return change(deed, { step: "indexed", block });
      return change(deed, { block, outcome: { is: "failed", name: null, text: "reverted" } });
    }
    try {
      const { nonce } = await getTransaction(client, { hash });
      traced = Date.now();
      if (deed.nonce === null) deed = change(deed, { nonce });
    } catch (error) {
      // A node that does not answer says nothing about the transaction.
      if (!(error instanceof TransactionNotFoundError)) traced = Date.now();
    }
    if (await isReplaced(client, deed, hash)) {
      return change(deed, { outcome: { is: "replaced" } });
    }
    if (Date.now() - traced > LOST) return change(deed, { outcome: { is: "dropped" } });
    await pause();
  }
}

/** The account has gone past its number, and it is in no block. */
async function isReplaced(client: Client, deed: Deed, hash: `0x${string}`): Promise<boolean> {
  if (deed.nonce === null) return false;
  const address = deed.account as `0x${string}`;
  const used = await getTransactionCount(client, { address, blockTag: "latest" }).catch(() => 0);
  if (used <= deed.nonce) return false;
  return (await getTransactionReceipt(client, { hash }).catch(() => null)) === null;
}

async function untilIndexed(client: Client, deed: Deed): Promise<Deed> {
  const block = deed.block as { number: number; hash: string };
  for (;;) {
    try {
      const params = { query: { minBlock: block.number } };
      const status = await told(api.GET("/api/v1/status", { params }));
      if (status.indexed.number >= block.number) {
        const hash = deed.hash as `0x${string}`;
        const receipt = await getTransactionReceipt(client, { hash }).catch(() => undefined);
        if (receipt && receipt.blockHash !== block.hash) {
          return watch(client, change(deed, { step: "block", block: null }));
        }
        return change(deed, { outcome: { is: "done", block: block.number } });
      }
    } catch (error) {
      // What passes by itself: the index is behind, or the service is away.
      if (error instanceof Problem && error.status === 422) throw error;
    }
    await pause();
  }
}
