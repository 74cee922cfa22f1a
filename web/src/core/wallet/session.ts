/** The wallet in use: its account and chain, and what becomes of them. */
import { keep, recall } from "../keep";
import { type Readable, watched } from "../watched";
import { type Wallet, wallets } from "./discovery";
import { type Provider, UNKNOWN_CHAIN, codeOf } from "./provider";

export interface Session {
  wallet: Wallet;
  /** As the wallet gives it; compare with `same`. */
  account: string;
  chainId: number;
}

export interface Chain {
  id: number;
  name: string;
  /** For a wallet that does not know it; only a local chain's is known to the pages. */
  rpcUrl: string | null;
  coin: { symbol: string; decimals: number };
}

const current = watched<Session | null>(null);
let leave: (() => void) | null = null;

/** Null without a wallet: everything can still be read. */
export const session: Readable<Session | null> = current;

/** Whether two addresses are the same one, in whatever case. */
export const same = (a: string | null | undefined, b: string | null | undefined): boolean =>
  !!a && !!b && a.toLowerCase() === b.toLowerCase();

/** Asks the wallet for an account. Raises what the wallet raises: see `isRefusal`. */
export async function connect(wallet: Wallet): Promise<void> {
  const accounts = await wallet.provider.request({ method: "eth_requestAccounts" });
  await enter(wallet, accounts);
}

/** Goes on with the wallet of the last visit, if it is there and still lets us; asks nobody. */
export function resume(): () => void {
  const last = recall("wallet");
  if (last === null) return () => {};
  let stop = () => {};
  let tried = false;
  stop = wallets.subscribe((found) => {
    const wallet = found.find((one) => one.id === last);
    if (!wallet || tried || current.get() !== null) return;
    tried = true;
    queueMicrotask(() => stop());
    wallet.provider
      .request({ method: "eth_accounts" })
      .then((accounts) => enter(wallet, accounts))
      .catch(() => keep("wallet", null));
  });
  return () => stop();
}

/** Forgets the wallet. It may keep its permission: that is the wallet's own to take back. */
export function disconnect(): void {
  leave?.();
  leave = null;
  current.set(null);
  keep("wallet", null);
}

/** Has the wallet go to a chain, adding it where the wallet does not know it. Raises as `connect`. */
export async function switchTo(chain: Chain): Promise<void> {
  const found = current.get();
  if (found === null) return;
  const { provider } = found.wallet;
  const chainId = `0x${chain.id.toString(16)}`;
  try {
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  } catch (error) {
    if (codeOf(error) !== UNKNOWN_CHAIN || chain.rpcUrl === null) throw error;
    const nativeCurrency = { name: chain.coin.symbol, ...chain.coin };
    const params = [{ chainId, chainName: chain.name, rpcUrls: [chain.rpcUrl], nativeCurrency }];
    await provider.request({ method: "wallet_addEthereumChain", params });
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  }
  const now = await chainOf(provider);
  current.update((one) => (one?.wallet === found.wallet ? { ...one, chainId: now } : one));
}

async function enter(wallet: Wallet, accounts: unknown): Promise<void> {
  const account = first(accounts);
  if (account === null) {
    disconnect();
    return;
  }
  const chainId = await chainOf(wallet.provider);
  leave?.();
  current.set({ wallet, account, chainId });
  keep("wallet", wallet.id);
  leave = follow(wallet);
}

function follow(wallet: Wallet): () => void {
  const { provider } = wallet;
  const listeners: Record<string, (told: never) => void> = {
    accountsChanged: (accounts: unknown) => {
      const account = first(accounts);
      if (account === null) disconnect();
      else current.update((one) => one && { ...one, account });
    },
    chainChanged: (chainId: unknown) => {
      const id = Number(chainId);
      if (Number.isSafeInteger(id)) current.update((one) => one && { ...one, chainId: id });
    },
  };
  for (const [event, listener] of Object.entries(listeners)) provider.on?.(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) {
      provider.removeListener?.(event, listener);
    }
  };
}

async function chainOf(provider: Provider): Promise<number> {
  return Number(await provider.request({ method: "eth_chainId" }));
}

function first(accounts: unknown): string | null {
  const account: unknown = Array.isArray(accounts) ? accounts[0] : null;
  return typeof account === "string" && /^0x[0-9a-fA-F]{40}$/.test(account) ? account : null;
}
