import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import {
  type Ballot,
  choiceOf,
  commitmentOf,
  secretOf,
  seedCommitmentOf,
  voteSecret,
} from "../src/core/court/secret";
import type { Session } from "../src/core/wallet/session";

// One vote as the service's own implementation makes it (backend/terms/jury_salt.py): the command
// line and the pages must find each other's votes.
const signer = privateKeyToAccount(`0x${"00".repeat(31)}07`);
const ballot: Ballot = {
  chainId: 31_337,
  court: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
  caseId: `0x${"ab".repeat(32)}`,
  round: 2,
  attempt: 1,
  juror: signer.address,
};
const SIGNATURE =
  "0x15a39b92da871741ea89c800647e6adcc861e92f9b943f22722b4a0901eb6a072a29f44c0017bd3695623e4f58c8ef3c33f69563657f5f1122f7b1a8308095a51b";
const SALT = "0x78ece6bd5b33c271707b35e37853d0f657278bca9e36472f70b4c53a8b1d9101";
const COMMITMENT = "0x71b3975070719d1ec91d7cd9e884b491f3be580c2a19964a0471ef87ba2d3fd2";
const SEED = "0xea795b56a8a94579ba47c06a8dbd489f2c8913835def4173d38035ccde400b44";

function wallet(sign: (data: string) => Promise<string> | string): Session {
  const provider = {
    request: async ({ params }: { params?: unknown }) => sign((params as [string, string])[1]),
    on: () => {},
    removeListener: () => {},
  };
  const found = { id: "test", name: "test", icon: null, provider, tryIt: false };
  return { wallet: found, account: signer.address, chainId: 31_337 } as unknown as Session;
}

test("salt and commitment are those of the command line", async () => {
  const typed = (data: string) => signer.signTypedData(JSON.parse(data) as never);
  expect((await voteSecret(wallet(typed), ballot)).secret).toBe(SALT);
  expect(secretOf(SIGNATURE)).toBe(SALT);
  expect(commitmentOf(ballot, 6_250, SALT)).toBe(COMMITMENT);
  const { chainId, court } = ballot;
  const seat = { chainId, contract: court, round: 4n, giver: signer.address };
  expect(seedCommitmentOf(seat, SALT)).toBe(SEED);
});

test("the vote is found among all shares, and by its own salt only", () => {
  expect(choiceOf(ballot, COMMITMENT, SALT)).toBe(6_250);
  expect(choiceOf({ ...ballot, round: 1 }, COMMITMENT, SALT)).toBeNull();
});

test("one signature has one writing", () => {
  const zero = `${SIGNATURE.slice(0, -2)}00` as const;
  expect(secretOf(zero as `0x${string}`)).toBe(SALT);
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const s = (order - BigInt(`0x${SIGNATURE.slice(66, 130)}`)).toString(16).padStart(64, "0");
  expect(secretOf(`${SIGNATURE.slice(0, 66)}${s}1c` as `0x${string}`)).toBe(SALT);
  expect(secretOf("0x1234")).toBeNull();
});

test("a signature that is not the juror's is of no use", async () => {
  const other = privateKeyToAccount(`0x${"00".repeat(31)}08`);
  const typed = (data: string) => other.signTypedData(JSON.parse(data) as never);
  const { secret, deed } = await voteSecret(wallet(typed), ballot);
  expect(secret).toBeNull();
  expect(deed.outcome).toMatchObject({ is: "failed", name: "UnusableSignature" });
});
