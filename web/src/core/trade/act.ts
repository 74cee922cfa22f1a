/** Acting on a trade with the wallet in use. Loaded when somebody does. */
import type { Address } from "viem";
import { courtAbi } from "../../generated/abi/Court";
import { escrowAbi } from "../../generated/abi/Escrow";
import { jurorPoolAbi } from "../../generated/abi/JurorPool";
import { type Shapes, api, told } from "../api";
import { contract } from "../market";
import type { Deed } from "../transactions/deed";
import { send } from "../transactions/send";
import { signTyped } from "../transactions/sign";
import { type Session, same } from "../wallet/session";
import type { Move } from "./moves";
import { tupleOf } from "./tuple";
import { DOMAIN } from "../transactions/domain";

type Trade = Shapes["TradeOut"];
export type Split = Shapes["SplitShape"];

/** How long a signed split can be closed with, in seconds: a signature cannot be taken back. */
export const SPLIT_SECONDS = 7 * 86_400;

/** One move of one part. */
export function move(session: Session, trade: Trade, tranche: number, what: Move): Promise<Deed> {
  return onEscrow(session, trade, what, [tupleOf(trade.trade), BigInt(tranche)]);
}

/** Signs a split of a part and leaves it at the trade for the other side. Raises Problem. */
export async function offerSplit(
  session: Session,
  trade: Trade,
  tranche: number,
  performerBps: number,
  now: number,
): Promise<Deed> {
  const deadline = now + SPLIT_SECONDS;
  const { signature, deed } = await signTyped(session, "split.sign", {
    domain: {
      name: "Commonhold Escrow",
      version: "1",
      chainId: session.chainId,
      verifyingContract: trade.escrow,
    },
    types: {
      EIP712Domain: DOMAIN,
      Split: [
        { name: "tradeId", type: "bytes32" },
        { name: "tranche", type: "uint256" },
        { name: "performerBps", type: "uint256" },
        { name: "deadline", type: "uint40" },
      ],
    },
    primaryType: "Split",
    message: { tradeId: trade.id, tranche, performerBps, deadline },
  });
  if (signature === null) return deed;
  const params = { path: { tradeId: trade.id } };
  const body = { party: session.account, tranche, performerBps, deadline, signature };
  await told(api.POST("/api/v1/trades/{tradeId}/splits", { params, body }));
  return deed;
}

/** Closes a part with what the other side signed: a side's own transaction is its signature. */
export function takeSplit(session: Session, trade: Trade, split: Split): Promise<Deed> {
  const part = trade.tranches[split.tranche];
  const given = split.signature as `0x${string}`;
  const byPerformer = same(part?.performer, split.party);
  const args = [
    tupleOf(trade.trade),
    BigInt(split.tranche),
    BigInt(split.performerBps),
    split.deadline,
    byPerformer ? given : "0x",
    byPerformer ? "0x" : given,
  ];
  return onEscrow(session, trade, "split", args);
}

/** Takes out what a contract owes the account. */
export function withdraw(session: Session, credit: Shapes["CreditOut"]): Promise<Deed> {
  const account = session.account as Address;
  const call = { what: "withdraw", address: credit.contract as Address };
  if (same(credit.contract, contract("Court")))
    return send(session, {
      ...call,
      abi: courtAbi,
      functionName: "withdraw",
      args: [account, account],
    });
  if (same(credit.contract, contract("JurorPool")))
    return send(session, {
      ...call,
      abi: jurorPoolAbi,
      functionName: "withdrawCredit",
      args: [account, account],
    });
  const args = [account, credit.amount.asset as Address, account];
  return send(session, { ...call, abi: escrowAbi, functionName: "withdraw", args });
}

function onEscrow(
  session: Session,
  trade: Trade,
  functionName: string,
  args: readonly unknown[],
): Promise<Deed> {
  const address = trade.escrow as Address;
  return send(session, { what: functionName, address, abi: escrowAbi, functionName, args });
}
