import { expect, test } from "vitest";
import { read } from "../src/core/wallet/discovery";
import { type Provider, codeOf, isRefusal } from "../src/core/wallet/provider";
import { connect, disconnect, session, switchTo } from "../src/core/wallet/session";
import { tryIt } from "../src/core/wallet/tryIt";

const ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const OTHER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

/** A wallet that knows some chains, and remembers what it was asked. */
class Fake implements Provider {
  asked: string[] = [];
  listeners = new Map<string, (told: never) => void>();
  constructor(
    public chain = 1,
    public known = [1],
    public accounts: unknown = [ACCOUNT],
  ) {}
  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    this.asked.push(method);
    const [given] = (params ?? []) as { chainId: string }[];
    if (method === "wallet_switchEthereumChain") {
      if (!this.known.includes(Number(given?.chainId))) throw { code: 4902 };
      this.chain = Number(given?.chainId);
      return null;
    }
    if (method === "wallet_addEthereumChain") {
      this.known.push(Number(given?.chainId));
      return null;
    }
    return method === "eth_chainId" ? `0x${this.chain.toString(16)}` : this.accounts;
  }
  on(event: string, listener: (told: never) => void) {
    this.listeners.set(event, listener);
  }
  removeListener(event: string) {
    this.listeners.delete(event);
  }
  tell(event: string, told: unknown) {
    this.listeners.get(event)?.(told as never);
  }
}

const wallet = (provider: Provider) => ({ id: "one", name: "One", icon: null, provider });
const chain = (rpcUrl: string | null) => ({
  id: 31_337,
  name: "Here",
  rpcUrl,
  coin: { symbol: "ETH", decimals: 18 },
});

test("what a wallet announces is checked, and its name made plain", () => {
  const provider = new Fake();
  const info = { uuid: "u", name: "Ev\u202eil", icon: "https://x.example/i", rdns: "com.x" };
  expect(read({ info, provider })).toEqual({
    uuid: "u",
    id: "com.x",
    name: "Ev[U+202E]il",
    icon: null,
    provider,
  });
  expect(read({ info })).toBeNull();
  expect(read(null)).toBeNull();
  expect(read({ info: { uuid: 7 }, provider })).toBeNull();
});

test("account and chain are followed, and all is forgotten at the end", async () => {
  const provider = new Fake();
  await connect(wallet(provider));
  expect(session.get()).toMatchObject({ account: ACCOUNT, chainId: 1 });
  provider.tell("accountsChanged", [OTHER]);
  provider.tell("chainChanged", "0x7a69");
  expect(session.get()).toMatchObject({ account: OTHER, chainId: 31_337 });
  provider.tell("accountsChanged", []);
  expect(session.get()).toBeNull();
  expect(provider.listeners.size).toBe(0);
});

test("a chain that the wallet does not know is added, where its node is known", async () => {
  const provider = new Fake();
  await connect(wallet(provider));
  await expect(switchTo(chain(null))).rejects.toMatchObject({ code: 4902 });
  expect(provider.asked).not.toContain("wallet_addEthereumChain");
  await switchTo(chain("http://127.0.0.1:1"));
  expect(session.get()?.chainId).toBe(31_337);
  disconnect();
});

test("an account that is none is not let in", async () => {
  for (const accounts of [[], null, ["0x12"], [7], "0x"]) {
    await connect(wallet(new Fake(1, [1], accounts)));
    expect(session.get()).toBeNull();
  }
});

test("refusals are found where wallets hide them", () => {
  expect(isRefusal({ code: 4001 })).toBe(true);
  expect(isRefusal({ code: -32603, data: { originalError: { code: 4001 } } })).toBe(true);
  expect(isRefusal(Object.assign(new Error(), { cause: { cause: { code: 4001 } } }))).toBe(true);
  expect(isRefusal(new Error("no"))).toBe(false);
  expect(codeOf(null)).toBeNull();
});

test("the try-it wallet is only who the chain's people are", async () => {
  const people = [ACCOUNT, OTHER].map((account) => ({ account, name: "x", role: "trader" }));
  const sent: { method: string }[] = [];
  const node = (async (_: string, given: { body: string }) => {
    sent.push(JSON.parse(given.body));
    return { json: async () => ({ result: "0x7a69" }) };
  }) as unknown as typeof fetch;
  const local = { rpcUrl: "http://127.0.0.1:1", people } as unknown as Parameters<typeof tryIt>[0];
  const provider = tryIt(local, node);
  const told: unknown[] = [];
  provider.on?.("accountsChanged", (accounts) => told.push(accounts));
  provider.be(OTHER);
  expect(told).toEqual([[OTHER]]);
  expect(await provider.request({ method: "eth_accounts" })).toEqual([OTHER]);
  expect(await provider.request({ method: "eth_chainId" })).toBe("0x7a69");
  expect(sent.map((one) => one.method)).toEqual(["eth_chainId"]);
  expect(() => provider.be("0x0000000000000000000000000000000000000001")).toThrow();
});
