/**
 * The *try it* wallet of a local chain: the node holds the accounts of its people and signs for
 * them, so that a newcomer trades without installing anything. There is no key in it, and no node
 * but a local one that would sign for anybody: it cannot exist on another chain.
 */
import type { Shapes } from "../api";
import { keep, recall } from "../keep";
import { LOCAL_CHAIN } from "../market";
import { type Wallet, add } from "./discovery";
import type { Provider } from "./provider";

export type Local = Shapes["LocalOut"];
export type Person = Shapes["PersonOut"];

export const TRY_IT = "local.try-it";

type Listener = (told: never) => void;

export interface TryIt extends Provider {
  /** Becomes somebody else. */
  be(account: string): void;
}

/** A wallet over the node of a local chain. */
export function tryIt(local: Local, ask: typeof fetch = (...given) => fetch(...given)): TryIt {
  const listeners = new Map<string, Set<Listener>>();
  const known = local.people.map((one) => one.account);
  const kept = recall("person");
  let account = known.find((one) => one === kept) ?? known[2] ?? known[0];
  let next = 0;

  async function node(method: string, params: unknown): Promise<unknown> {
    const answer = await ask(local.rpcUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: ++next, method, params: params ?? [] }),
    });
    const { result, error } = (await answer.json()) as { result?: unknown; error?: object };
    if (error) throw Object.assign(new Error("the node refused"), error);
    return result;
  }

  return {
    async request({ method, params }) {
      switch (method) {
        case "eth_requestAccounts":
        case "eth_accounts":
          return [account];
        case "wallet_switchEthereumChain":
          return null; // it is on one chain only
        default:
          return node(method, params);
      }
    },
    on(event, listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    removeListener(event, listener) {
      listeners.get(event)?.delete(listener);
    },
    be(other) {
      if (!known.includes(other)) throw new Error(`${other} is nobody's account here`);
      account = other;
      keep("person", other);
      for (const run of listeners.get("accountsChanged") ?? []) run([other] as never);
    },
  };
}

/** Offers it among the wallets, if its node is a local one. */
export async function offerTryIt(local: Local): Promise<Wallet | null> {
  const provider = tryIt(local);
  const chainId = Number(await provider.request({ method: "eth_chainId" }));
  if (chainId !== LOCAL_CHAIN) return null;
  const wallet = { id: TRY_IT, name: "Try it", icon: null, provider, tryIt: true };
  add(wallet);
  return wallet;
}
