/** The chain as a wallet's node tells it. Loaded when a wallet is to do something. */
import { type Client, createClient, custom } from "viem";
import type { Provider } from "./wallet/provider";

/** For viem's actions; through the wallet, so that no node of ours is asked. */
export function clientOf(provider: Provider): Client {
  return createClient({
    transport: custom(provider as Parameters<typeof custom>[0], { retryCount: 0 }),
  });
}
