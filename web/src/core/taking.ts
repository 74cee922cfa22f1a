/** Taking an offer: who may, what it costs, and the calls that do it. */
import { argumentOf } from "./offers";
import type { Address } from "viem";
import { getBalance, getBlock, readContract } from "viem/actions";
import { escrowAbi } from "../generated/abi/Escrow";
import { tokenAbi } from "../generated/abi/Token";
import type { Amount, OfferAt, Shapes } from "./api";
import { clientOf } from "./chain";
import type { Deed } from "./transactions/deed";
import { change, forget } from "./transactions/journal";
import { begin } from "./transactions/begin";
import { type Call, send } from "./transactions/send";
import { type Signed, signTyped } from "./transactions/sign";
import { type Session, same } from "./wallet/session";
import { DOMAIN } from "./transactions/domain";

const COIN = "0x0000000000000000000000000000000000000000";
const PERMIT_SECONDS = 3_600;

/** `pays` is null where whoever takes it puts nothing in. */
export interface Plan {
  taking: Shapes["TakingOut"];
  fill: number;
  pays: Amount | null;
}

/** How this account would take the offer; null where it is for others, or nothing is left. */
export function planFor(offer: OfferAt, account: string): Plan | null {
  if (offer.signatures.some((one) => same(one.party, account))) return null;
  const mine = (one: { taker: string | null }) => one.taker === null || same(one.taker, account);
  const taking = offer.taking.find(mine);
  const fill = offer.fills.free[0];
  if (taking === undefined || fill === undefined) return null;
  const owed = offer.funding.find((one) => one.party === taking.taker);
  return { taking, fill, pays: owed?.amount ?? null };
}

export const isCoin = (amount: Amount): boolean => amount.asset === COIN;

/** How a token is paid: nothing to do, a signed permit, or an approval of the exact amount. */
export type Payment = "coin" | "nothing" | "allowed" | "permit" | "approve";

/** What has to be done before the trade can be opened. Raises what the wallet raises. */
export async function paymentOf(session: Session, escrow: Address, plan: Plan): Promise<Payment> {
  if (plan.pays === null) return "nothing";
  if (isCoin(plan.pays)) return "coin";
  const client = clientOf(session.wallet.provider);
  const token = { address: plan.pays.asset as Address, abi: tokenAbi } as const;
  const owner = session.account as Address;
  const args = [owner, escrow] as const;
  const allowed = await readContract(client, { ...token, functionName: "allowance", args });
  if (allowed >= BigInt(plan.pays.value)) return "allowed";
  try {
    await readContract(client, { ...token, functionName: "nonces", args: [owner] });
    await readContract(client, { ...token, functionName: "eip712Domain" });
    return "permit";
  } catch {
    return "approve";
  }
}

/** Does it: the permit or the approval first, then the trade. The last deed tells how it ended. */
export async function take(
  session: Session,
  escrow: Address,
  offer: OfferAt,
  plan: Plan,
): Promise<Deed> {
  const short = await lacking(session, plan);
  if (short !== null) {
    const outcome = { is: "failed", name: short, text: "" } as const;
    return change(begin(session, "openTrade"), { outcome });
  }
  const signatures = plan.taking.signatures as `0x${string}`[];
  const open = { what: "openTrade", address: escrow, abi: escrowAbi } as const;
  const first = [argumentOf(offer), plan.fill, signatures] as const;
  let payment = await paymentOf(session, escrow, plan);
  if (payment === "permit") {
    const { made, signed } = await permit(session, escrow, plan.pays as Amount);
    if (made !== null) {
      const call = { ...open, functionName: "openTradeWithPermits", args: [...first, [made]] };
      return send(session, call);
    }
    if (!signed.unable) return signed.deed;
    forget(signed.deed.id);
    payment = "approve";
  }
  if (payment === "approve") {
    const { asset: token, value } = plan.pays as Amount;
    const approval: Call = {
      what: "approve",
      address: token as Address,
      abi: tokenAbi,
      functionName: "approve",
      args: [escrow, BigInt(value)],
    };
    const deed = await send(session, approval);
    if (deed.outcome.is !== "done") return deed;
  }
  const value = BigInt(plan.taking.value);
  return send(session, { ...open, functionName: "openTrade", args: first, value });
}

/** The name of what the account has too little of; null where it has enough. */
async function lacking(session: Session, plan: Plan): Promise<string | null> {
  if (plan.pays === null) return null;
  const client = clientOf(session.wallet.provider);
  const owner = session.account as Address;
  const needed = BigInt(plan.pays.value);
  if (isCoin(plan.pays)) {
    return (await getBalance(client, { address: owner })) < needed ? "InsufficientFunds" : null;
  }
  const token = { address: plan.pays.asset as Address, abi: tokenAbi } as const;
  const balance = await readContract(client, {
    ...token,
    functionName: "balanceOf",
    args: [owner],
  });
  return balance < needed ? "InsufficientToken" : null;
}

interface Permit {
  owner: Address;
  value: bigint;
  deadline: bigint;
  v: number;
  r: `0x${string}`;
  s: `0x${string}`;
}

/** A signed permit (ERC-2612) for exactly the amount; null where it was not made. */
async function permit(
  session: Session,
  escrow: Address,
  pays: Amount,
): Promise<{ made: Permit | null; signed: Signed }> {
  const client = clientOf(session.wallet.provider);
  const token = { address: pays.asset as Address, abi: tokenAbi } as const;
  const owner = session.account as Address;
  const [fields, nonce, block] = await Promise.all([
    readContract(client, { ...token, functionName: "eip712Domain" }),
    readContract(client, { ...token, functionName: "nonces", args: [owner] }),
    getBlock(client, { blockTag: "latest" }),
  ]);
  const [, name, version, chainId, verifyingContract] = fields;
  const deadline = block.timestamp + BigInt(PERMIT_SECONDS);
  const data = {
    domain: { name, version, chainId: Number(chainId), verifyingContract },
    types: PERMIT,
    primaryType: "Permit",
    message: {
      owner,
      spender: escrow,
      value: pays.value,
      nonce: nonce.toString(),
      deadline: deadline.toString(),
    },
  };
  const signed = await signTyped(session, "permit", data);
  const { signature } = signed;
  if (signature === null) return { made: null, signed };
  const made = { owner, value: BigInt(pays.value), deadline, ...parts(signature) };
  return { made, signed };
}

const PERMIT = {
  EIP712Domain: DOMAIN,
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** r, s and v of a signature of 65 bytes; v is 27 or 28 whatever the wallet wrote. */
export function parts(signature: `0x${string}`): { r: `0x${string}`; s: `0x${string}`; v: number } {
  if (signature.length !== 132)
    throw new Error("this wallet's signatures cannot be used for permits");
  const v = Number.parseInt(signature.slice(130), 16);
  return {
    r: `0x${signature.slice(2, 66)}`,
    s: `0x${signature.slice(66, 130)}`,
    v: v < 27 ? v + 27 : v,
  };
}
