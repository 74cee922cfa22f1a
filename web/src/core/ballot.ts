/** A vote that one signs (EIP-712) and anyone sends: it travels in a link's fragment. */
import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import { marketGovernorAbi } from "../generated/abi/MarketGovernor";
import { clientOf } from "./chain";
import type { Deed } from "./transactions/deed";
import { send } from "./transactions/send";
import { type Signed, signTyped } from "./transactions/sign";
import { SUPPORT } from "./support";
import type { SignedBallot } from "./ballotLink";
import type { Session } from "./wallet/session";
import { DOMAIN } from "./transactions/domain";

const BALLOT = [
  { name: "proposalId", type: "uint256" },
  { name: "support", type: "uint8" },
  { name: "voter", type: "address" },
  { name: "nonce", type: "uint256" },
];
const EXTENDED = [...BALLOT, { name: "reason", type: "string" }, { name: "params", type: "bytes" }];

// The governor counts the signatures of each proposal by themselves: a nonce of so many bits.
const KEY_BITS = 192;

/** Has a vote signed, and sends nothing. Raises what the node raises when the nonce is read. */
export async function signBallot(
  session: Session,
  governor: Address,
  id: string,
  ballot: Pick<SignedBallot, "side" | "reason">,
): Promise<Signed> {
  const voter = session.account as Address;
  const nonce = await readContract(clientOf(session.wallet.provider), {
    address: governor,
    abi: marketGovernorAbi,
    functionName: "nonces",
    args: [voter, BigInt.asUintN(KEY_BITS, BigInt(id))],
  });
  const said = { proposalId: id, support: SUPPORT[ballot.side], voter, nonce: String(nonce) };
  const plain = ballot.reason === "";
  return signTyped(session, "ballot", {
    domain: {
      name: "MarketGovernor",
      version: "1",
      chainId: session.chainId,
      verifyingContract: governor,
    },
    primaryType: plain ? "Ballot" : "ExtendedBallot",
    types: plain
      ? { EIP712Domain: DOMAIN, Ballot: BALLOT }
      : { EIP712Domain: DOMAIN, ExtendedBallot: EXTENDED },
    message: plain ? said : { ...said, reason: ballot.reason, params: "0x" },
  });
}

/** Sends the vote of another; it counts as the voter's, with the voter's points. */
export function relay(
  session: Session,
  governor: Address,
  id: string,
  ballot: SignedBallot,
): Promise<Deed> {
  const voter = ballot.voter as Address;
  const signature = ballot.signature as Hex;
  const call = { what: "relay", address: governor, abi: marketGovernorAbi };
  const first = [BigInt(id), SUPPORT[ballot.side], voter];
  if (ballot.reason === "") {
    return send(session, { ...call, functionName: "castVoteBySig", args: [...first, signature] });
  }
  const args = [...first, ballot.reason, "0x", signature];
  return send(session, { ...call, functionName: "castVoteWithReasonAndParamsBySig", args });
}
