/** Signing and posting an offer, and ending one. Loaded when somebody does. */
import type { Address } from "viem";
import { readContract } from "viem/actions";
import { escrowAbi } from "../../generated/abi/Escrow";
import { tokenAbi } from "../../generated/abi/Token";
import { type Offer, type OfferAt, type Shapes, api, told } from "../api";
import { clientOf } from "../chain";
import { contract } from "../market";
import { argumentOf } from "../offers";
import type { Deed } from "../transactions/deed";
import { send } from "../transactions/send";
import { signTyped } from "../transactions/sign";
import type { Session } from "../wallet/session";
import { DOMAIN } from "../transactions/domain";

type Made = Shapes["OfferTermsOut"];

const WITHDRAWAL_PURPOSE =
  "Take my offer off the list, for good. Whoever already has it can still take it: only a" +
  " cancellation on the chain ends it.";

export interface Posted {
  /** Null where it was not signed, or not let: `deed` says why. */
  hash: string | null;
  deed: Deed;
}

/** What the role puts in when all fills are taken, in base units. */
export function putIn(made: Made, role: string): bigint {
  const seat = made.seats.indexOf(role);
  const one = made.offer.terms.tranches
    .filter((tranche) => tranche.funder === seat)
    .reduce((sum, tranche) => sum + BigInt(tranche.amount), 0n);
  return one * BigInt(made.offer.listing.fills);
}

/**
 * Lets the Escrow take what the maker puts in, has all of it signed, and lists it. Raises Problem
 * and Unreachable where the service refuses.
 */
export async function post(session: Session, made: Made, role: string): Promise<Posted> {
  const owed = putIn(made, role);
  if (owed > 0n && !made.budget) {
    const asset = made.offer.terms.asset as Address;
    const deed = await approve(session, asset, (await allowance(session, asset)) + owed);
    if (deed.outcome.is !== "done") return { hash: null, deed };
  }
  const splits: Shapes["SplitShape"][] = [];
  for (const one of made.presigned) {
    if (one.role !== role || one.byTaker || one.kept) continue;
    const { signature, deed } = await signTyped(session, "split.sign", one.typedData);
    if (signature === null) return { hash: null, deed };
    const { fill, tranche, performerBps, deadline } = one;
    splits.push({ party: session.account, fill, tranche, performerBps, deadline, signature });
  }
  const { signature, deed } = await signTyped(session, "offer.sign", made.typedData);
  if (signature === null) return { hash: null, deed };
  const body = {
    chainId: session.chainId,
    escrow: contract("Escrow"),
    offer: made.offer,
    signatures: [{ party: session.account, signature }],
    text: made.text,
    splits,
  };
  const { hash } = await told(api.POST("/api/v1/offers", { body }));
  return { hash, deed };
}

/** How much of a token the Escrow may take of the account, in base units. */
export function allowance(session: Session, asset: Address): Promise<bigint> {
  const args = [session.account as Address, contract("Escrow")] as const;
  const token = { address: asset, abi: tokenAbi, functionName: "allowance", args } as const;
  return readContract(clientOf(session.wallet.provider), token);
}

/** Lets the Escrow take exactly so much. */
export const approve = (session: Session, asset: Address, value: bigint): Promise<Deed> =>
  send(session, {
    what: "approve",
    address: asset,
    abi: tokenAbi,
    functionName: "approve",
    args: [contract("Escrow"), value],
  });

/** Ends one offer on the chain: nobody can take it any more. */
export const cancel = (session: Session, offer: OfferAt): Promise<Deed> =>
  onEscrow(session, "cancelOffer", [argumentOf(offer)]);

/** Ends all that the account signed until now. */
export const cancelAll = (session: Session): Promise<Deed> =>
  onEscrow(session, "cancelAllOffers", []);

/** Takes one off the list at once, without a transaction. Raises Problem and Unreachable. */
export async function withdraw(session: Session, offer: Offer): Promise<Deed> {
  const { signature, deed } = await signTyped(session, "offer.withdraw", {
    domain: {
      name: "Commonhold Offers",
      version: "1",
      chainId: session.chainId,
      verifyingContract: contract("Escrow"),
    },
    types: {
      EIP712Domain: DOMAIN,
      OfferWithdrawal: [
        { name: "purpose", type: "string" },
        { name: "offerHash", type: "bytes32" },
      ],
    },
    primaryType: "OfferWithdrawal",
    message: { purpose: WITHDRAWAL_PURPOSE, offerHash: offer.hash },
  });
  if (signature === null) return deed;
  const params = { path: { offerHash: offer.hash } };
  const body = { by: session.account, signature };
  await told(api.POST("/api/v1/offers/{offerHash}/withdrawal", { params, body }));
  return deed;
}

/** One call of the Escrow, with so much of the chain's coin (base units). */
export function onEscrow(
  session: Session,
  name: string,
  args: readonly unknown[],
  value = 0n,
): Promise<Deed> {
  const call = { address: contract("Escrow"), abi: escrowAbi, functionName: name, args, value };
  return send(session, { what: name, ...call });
}
