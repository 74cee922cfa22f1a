/**
 * Blocks, transactions and accounts of a local chain, as its node tells them. Any other chain has
 * an explorer of its own, by the same paths (EIP-3091).
 */
import { type Client, createClient, http, isAddress, isHash } from "viem";
import {
  getBalance,
  getBlock,
  getBlockNumber,
  getCode,
  getTransaction,
  getTransactionCount,
  getTransactionReceipt,
} from "viem/actions";
import type { Market } from "../market";
import { decoded } from "../transactions/reverts";
import { type Contracts, type Decoded, decodeCall, decodeLog, nameOf } from "./decode";

/** How many blocks one page tells. */
export const PAGE = 20;

/** There is no such block, transaction or account. */
export class Nothing extends Error {
  override name = "Nothing";
}

export interface Sent {
  hash: string;
  from: string;
  to: string | null;
  /** Base units of the coin. */
  value: bigint;
  /** The function that was called; null for a plain payment or what is not known. */
  called: string | null;
}

export interface BlockTold {
  number: bigint;
  hash: string;
  parent: string;
  time: number;
  gasUsed: bigint;
  sent: Sent[];
}

export interface LogTold {
  index: number;
  address: string;
  decoded: Decoded | null;
  topics: readonly string[];
  data: string;
}

export interface TransactionTold extends Sent {
  block: bigint | null;
  /** Null while it waits. */
  succeeded: boolean | null;
  /** Why it failed, in words; null where it did not. */
  why: string | null;
  nonce: number;
  gasUsed: bigint | null;
  input: string;
  decoded: Decoded | null;
  created: string | null;
  logs: LogTold[];
}

export interface AccountTold {
  address: string;
  contract: string | null;
  hasCode: boolean;
  balance: bigint;
  nonce: number;
}

/** Asks the node of a local chain. */
export class Explorer {
  readonly #client: Client;
  readonly #contracts: Contracts;

  constructor(market: Market) {
    if (market.local === null) throw new Error("only the node of a local chain is asked");
    this.#client = createClient({ transport: http(market.local.rpcUrl, { retryCount: 1 }) });
    this.#contracts = market.contracts;
  }

  /** The name of a contract of the market. */
  name(address: string): string | null {
    return nameOf(this.#contracts, address);
  }

  /** The newest blocks from `from` down, newest first. */
  async blocks(from?: bigint): Promise<BlockTold[]> {
    const head = await getBlockNumber(this.#client, { cacheTime: 0 });
    const first = from === undefined || from > head ? head : from;
    const count = first + 1n < BigInt(PAGE) ? Number(first + 1n) : PAGE;
    return Promise.all(
      Array.from({ length: count }, (_, back) => this.#block(first - BigInt(back))),
    );
  }

  /** One block, by number or hash. Raises Nothing. */
  async block(given: string): Promise<BlockTold> {
    if (isHash(given)) return this.#block(given);
    if (!/^\d{1,15}$/.test(given)) throw new Nothing(given);
    return this.#block(BigInt(given));
  }

  /** One transaction with what it did. Raises Nothing. */
  async transaction(given: string): Promise<TransactionTold> {
    if (!isHash(given)) throw new Nothing(given);
    const sent = await getTransaction(this.#client, { hash: given }).catch(() => null);
    if (sent === null) throw new Nothing(given);
    const receipt = await getTransactionReceipt(this.#client, { hash: given }).catch(() => null);
    const succeeded = receipt === null ? null : receipt.status === "success";
    const asked = decodeCall(this.#contracts, sent.to, sent.input);
    return {
      hash: sent.hash,
      from: sent.from,
      to: sent.to,
      value: sent.value,
      called: asked?.name ?? null,
      block: receipt?.blockNumber ?? null,
      succeeded,
      why: succeeded === false ? await this.#why(sent.hash) : null,
      nonce: sent.nonce,
      gasUsed: receipt?.gasUsed ?? null,
      input: sent.input,
      decoded: asked,
      created: receipt?.contractAddress ?? null,
      logs: (receipt?.logs ?? []).map((log) => ({
        index: log.logIndex,
        address: log.address,
        decoded: decodeLog(this.#contracts, log),
        topics: log.topics,
        data: log.data,
      })),
    };
  }

  /** One account. Raises Nothing where it is no address. */
  async account(address: string): Promise<AccountTold> {
    if (!isAddress(address, { strict: false })) throw new Nothing(address);
    const [balance, nonce, code] = await Promise.all([
      getBalance(this.#client, { address }),
      getTransactionCount(this.#client, { address }),
      getCode(this.#client, { address }),
    ]);
    return { address, contract: this.name(address), hasCode: code !== undefined, balance, nonce };
  }

  async #block(at: bigint | `0x${string}`): Promise<BlockTold> {
    const which = typeof at === "bigint" ? { blockNumber: at } : { blockHash: at };
    const found = await getBlock(this.#client, { ...which, includeTransactions: true }).catch(
      (error: Error) => {
        throw error.name === "BlockNotFoundError" ? new Nothing(String(at)) : error;
      },
    );
    return {
      number: found.number ?? 0n,
      hash: found.hash ?? "",
      parent: found.parentHash,
      time: Number(found.timestamp),
      gasUsed: found.gasUsed,
      sent: found.transactions.map((one) => ({
        hash: one.hash,
        from: one.from,
        to: one.to,
        value: one.value,
        called: decodeCall(this.#contracts, one.to, one.input)?.name ?? null,
      })),
    };
  }

  // The bytes that the transaction itself ended with.
  async #why(hash: string): Promise<string> {
    const asked = { method: "debug_traceTransaction", params: [hash, { tracer: "callTracer" }] };
    const traced = (await this.#client.request(asked as never).catch(() => null)) as {
      output?: `0x${string}`;
    } | null;
    if (!traced?.output || traced.output.length < 10) return "";
    return decoded(traced.output).text;
  }
}
