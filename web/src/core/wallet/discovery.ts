/** Which wallets there are: each announces itself to the page (EIP-6963). */
import { plainly, safeIcon } from "../hostile";
import { type Readable, watched } from "../watched";
import type { Provider } from "./provider";

export interface Wallet {
  /** Stable between visits: the wallet's reverse domain name. */
  id: string;
  name: string;
  icon: string | null;
  provider: Provider;
  /** Has accounts of a local chain for anybody to try. */
  tryIt?: boolean;
}

interface Announced {
  info?: { uuid?: unknown; name?: unknown; icon?: unknown; rdns?: unknown };
  provider?: Provider;
}

const found = watched<readonly Wallet[]>([]);
const seen = new Set<string>();

/** All that have announced themselves, in the order in which they did. */
export const wallets: Readable<readonly Wallet[]> = found;

/** Adds one; a second of the same name by another wallet is kept apart by its id. */
export function add(wallet: Wallet): void {
  found.update((known) => {
    const rest = known.filter((one) => one.id !== wallet.id);
    return rest.length < known.length
      ? known.map((one) => (one.id === wallet.id ? wallet : one))
      : [...rest, wallet];
  });
}

/** Listens for announcements, and asks for those made before. */
export function discover(page: Window = window): void {
  page.addEventListener("eip6963:announceProvider", (event) => {
    const wallet = read((event as CustomEvent<Announced>).detail);
    if (wallet === null) return;
    const { uuid, id } = wallet;
    if (seen.has(uuid)) return;
    seen.add(uuid);
    add({ ...wallet, id });
  });
  page.dispatchEvent(new Event("eip6963:requestProvider"));
}

/** What a wallet says of itself is a stranger's text. Null where it is no wallet. */
export function read(told: Announced | null | undefined): (Wallet & { uuid: string }) | null {
  const { info, provider } = told ?? {};
  if (typeof provider?.request !== "function" || typeof info?.uuid !== "string") return null;
  const name = typeof info.name === "string" ? plainly(info.name).trim().slice(0, 40) : "";
  const rdns = typeof info.rdns === "string" && info.rdns !== "" ? info.rdns : info.uuid;
  return {
    uuid: info.uuid,
    id: rdns.slice(0, 200),
    name: name || rdns.slice(0, 40),
    icon: safeIcon(info.icon),
    provider,
  };
}
