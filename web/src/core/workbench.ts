/** What anybody may do to a local chain: coin and tokens, its clock, its past. */
import { encodeFunctionData, parseAbi } from "viem";
import type { Local } from "./wallet/tryIt";

const COINS = 100n;
const TOKENS = 1_000n;
const MINT = parseAbi(["function mint(address to, uint256 amount)"]);

/** The node refused, or is away; the message is its own. */
export class NodeRefused extends Error {
  override name = "NodeRefused";
}

export interface TestToken {
  asset: string;
  decimals: number;
}

/** A local chain's node, by the calls that only such a node has. */
export class Workbench {
  readonly #local: Local;
  readonly #ask: typeof fetch;

  constructor(local: Local, ask: typeof fetch = (...given) => fetch(...given)) {
    this.#local = local;
    this.#ask = ask;
  }

  /** Gives an account 100 of the coin, on top of what it has. */
  async giveCoin(account: string): Promise<void> {
    const held = BigInt(await this.#node<string>("eth_getBalance", account, "latest"));
    const more = COINS * 10n ** BigInt(this.#local.coin.decimals ?? 18);
    await this.#node("anvil_setBalance", account, `0x${(held + more).toString(16)}`);
    await this.mine();
  }

  /** Gives an account 1,000 of a test token, which anyone may mint. */
  async giveToken(account: string, token: TestToken): Promise<void> {
    const args = [account as `0x${string}`, TOKENS * 10n ** BigInt(token.decimals)] as const;
    const data = encodeFunctionData({ abi: MINT, functionName: "mint", args });
    await this.send(this.#local.people[0]?.account ?? account, token.asset, data);
  }

  /** Sends a call for one of the people, whose key the node holds. */
  async send(from: string, to: string, data: string): Promise<void> {
    await this.#node("eth_sendTransaction", { from, to, data });
  }

  /** Makes this many blocks. */
  async mine(blocks = 1): Promise<void> {
    await this.#node("anvil_mine", `0x${blocks.toString(16)}`);
  }

  /** Lets this many seconds go by, in one block. */
  async wait(seconds: number): Promise<void> {
    await this.#node("evm_increaseTime", seconds);
    await this.mine();
  }

  /** Remembers the chain as it is; the name is for `revert`, once. */
  async snapshot(): Promise<string> {
    return this.#node<string>("evm_snapshot");
  }

  /** The chain as it was; what came after is gone, also for the service. */
  async revert(name: string): Promise<void> {
    if (!(await this.#node<boolean>("evm_revert", name))) {
      throw new NodeRefused("the node does not remember that");
    }
    // A block of another hash, so that everyone notices what is gone.
    await this.mine();
  }

  async #node<T = unknown>(method: string, ...params: unknown[]): Promise<T> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const headers = { "Content-Type": "application/json" };
    let told: { result?: T; error?: { message?: string } };
    try {
      const answer = await this.#ask(this.#local.rpcUrl, { method: "POST", headers, body });
      told = (await answer.json()) as typeof told;
    } catch {
      throw new NodeRefused("the node does not answer");
    }
    if (told.error) throw new NodeRefused(told.error.message ?? "the node refused");
    return told.result as T;
  }
}
