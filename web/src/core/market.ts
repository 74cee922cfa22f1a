/** The market that these pages are of: its chain, its contracts, and who can be tried out. */
import { Problem, api, told } from "./api";
import type { Chain } from "./wallet/session";
import { type Readable, watched } from "./watched";
import type { Local } from "./wallet/tryIt";

/** The number of chains on people's own machines; any other has nobody to try out. */
export const LOCAL_CHAIN = 31_337;

export interface Market {
  chain: Chain;
  contracts: Record<string, `0x${string}`>;
  /** Null on any chain but one of this machine. */
  local: Local | null;
}

const found = watched<Market | null>(null);

/** Null until the service has answered. */
export const market: Readable<Market | null> = found;

/** Asks which market this is. Raises Problem and Unreachable. */
export async function enterMarket(): Promise<Market> {
  const status = await told(api.GET("/api/v1/status"));
  const { chainId, contracts } = status;
  const local = chainId === LOCAL_CHAIN ? await askLocal() : null;
  const market: Market = {
    chain: {
      id: chainId,
      name: local ? "Commonhold local" : `Chain ${chainId}`,
      rpcUrl: local?.rpcUrl ?? null,
      coin: { symbol: local?.coin.symbol ?? "ETH", decimals: local?.coin.decimals ?? 18 },
    },
    contracts: contracts as Record<string, `0x${string}`>,
    local,
  };
  found.set(market);
  return market;
}

async function askLocal(): Promise<Local | null> {
  try {
    return await told(api.GET("/api/v1/local"));
  } catch (error) {
    if (error instanceof Problem && error.kind === "not-a-local-chain") return null;
    throw error;
  }
}

/** A contract of this market. */
export function contract(name: string): `0x${string}` {
  const address = found.get()?.contracts[name];
  if (!address) throw new Error(`${name} is not known: the market was not entered`);
  return address;
}
