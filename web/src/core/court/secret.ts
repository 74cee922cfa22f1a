/**
 * Secrets of votes and of seeds, made of the wallet's signature, so that nobody must keep them: the
 * command line makes the same ones (docs/court.md, "Voting from a wallet").
 */
import {
  type Address,
  type Hex,
  encodeAbiParameters,
  keccak256,
  parseAbiParameters,
  recoverTypedDataAddress,
} from "viem";
import type { Deed } from "../transactions/deed";
import { change } from "../transactions/journal";
import { signTyped } from "../transactions/sign";
import { type Session, same } from "../wallet/session";
import { DOMAIN } from "../transactions/domain";

const BPS = 10_000;
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n; // of secp256k1
const VOTE_PURPOSE =
  "This signature is the secret of my vote in this case. Whoever has it before the reveal can" +
  " open my vote and take my stake: sign it only where you vote, and show it to nobody.";
const SEED_PURPOSE =
  "This signature is my secret for this seed. Whoever has it before it is shown can tell the draw" +
  " ahead: sign it only where you give seeds, and show it to nobody.";

/** One juror's vote on one panel. `attempt` is 1 for a panel that was drawn again, else 0. */
export interface Ballot {
  chainId: number;
  court: Address;
  caseId: Hex;
  round: number;
  attempt: number;
  juror: Address;
}

/** A giver's part of one seed. */
export interface SeedSeat {
  chainId: number;
  contract: Address;
  round: bigint;
  giver: Address;
}

export interface Secret {
  /** Null where it was not signed, or cannot be made again: `deed` says why. */
  secret: Hex | null;
  deed: Deed;
}

/** The hash of r, s (the lower of the two) and v (27 or 28), 65 bytes; null for anything else. */
export function secretOf(signature: Hex): Hex | null {
  if (!/^0x[0-9a-f]{130}$/i.test(signature)) return null;
  const r = signature.slice(2, 66).toLowerCase();
  let s = BigInt(`0x${signature.slice(66, 130)}`);
  let v = Number.parseInt(signature.slice(130), 16);
  if (v < 27) v += 27;
  if (s > ORDER / 2n) [s, v] = [ORDER - s, v === 27 ? 28 : 27];
  return keccak256(`0x${r}${s.toString(16).padStart(64, "0")}${v.toString(16)}`);
}

/** As `Court.commitmentOf`. */
export function commitmentOf(ballot: Ballot, performerBps: number, salt: Hex): Hex {
  const { chainId, court, caseId, round, attempt, juror } = ballot;
  const types = parseAbiParameters(
    "uint256, address, bytes32, uint256, uint256, address, uint256, bytes32",
  );
  const words = [chainId, court, caseId, round, attempt, juror, performerBps, salt] as const;
  return keccak256(
    encodeAbiParameters(types, [
      BigInt(words[0]),
      words[1],
      words[2],
      BigInt(words[3]),
      BigInt(words[4]),
      words[5],
      BigInt(words[6]),
      words[7],
    ]),
  );
}

/** The share that was committed to with this salt: there are only 10,001. Null if with another. */
export function choiceOf(ballot: Ballot, commitment: string, salt: Hex): number | null {
  for (let bps = 0; bps <= BPS; bps++) {
    if (commitmentOf(ballot, bps, salt) === commitment.toLowerCase()) return bps;
  }
  return null;
}

/** As `BondedSeed.commitmentOf`. */
export function seedCommitmentOf(seat: SeedSeat, secret: Hex): Hex {
  const types = parseAbiParameters("uint256, address, uint256, address, bytes32");
  const { chainId, contract, round, giver } = seat;
  return keccak256(encodeAbiParameters(types, [BigInt(chainId), contract, round, giver, secret]));
}

/** The salt of a vote. Never raises. */
export function voteSecret(session: Session, ballot: Ballot): Promise<Secret> {
  const { chainId, court, caseId, round, attempt, juror } = ballot;
  return secret(session, juror, {
    domain: { name: "Commonhold Court", version: "1", chainId, verifyingContract: court },
    types: {
      EIP712Domain: DOMAIN,
      VoteSecret: [
        { name: "purpose", type: "string" },
        { name: "caseId", type: "bytes32" },
        { name: "round", type: "uint256" },
        { name: "attempt", type: "uint256" },
        { name: "juror", type: "address" },
      ],
    },
    primaryType: "VoteSecret",
    message: { purpose: VOTE_PURPOSE, caseId, round, attempt, juror },
  });
}

/** A giver's part of a seed. Never raises. */
export function seedSecret(session: Session, seat: SeedSeat): Promise<Secret> {
  const { chainId, contract, round, giver } = seat;
  return secret(session, giver, {
    domain: { name: "Commonhold Seed", version: "1", chainId, verifyingContract: contract },
    types: {
      EIP712Domain: DOMAIN,
      SeedSecret: [
        { name: "purpose", type: "string" },
        { name: "round", type: "uint256" },
        { name: "giver", type: "address" },
      ],
    },
    primaryType: "SeedSecret",
    message: { purpose: SEED_PURPOSE, round: round.toString(), giver },
  });
}

type Data = Parameters<typeof signTyped>[2];

async function secret(session: Session, owner: string, data: Data): Promise<Secret> {
  const { signature, deed } = await signTyped(session, "secret", data);
  if (signature === null) return { secret: null, deed };
  const found = secretOf(signature);
  const by = await recoverTypedDataAddress({ ...data, signature } as never).catch(() => null);
  // A contract's wallet, or one of many devices, may sign otherwise the next time.
  if (found === null || !same(by, owner)) {
    const outcome = { is: "failed", name: "UnusableSignature", text: "" } as const;
    return { secret: null, deed: change(deed, { outcome }) };
  }
  return { secret: found, deed };
}
