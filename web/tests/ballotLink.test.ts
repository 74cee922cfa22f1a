import { expect, test } from "vitest";
import { type SignedBallot, ballotLink, ballotOf } from "../src/core/ballotLink";

const BALLOT: SignedBallot = {
  voter: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
  side: "against",
  reason: "too much & too #soon, ä + ∞",
  signature: "0xabcd",
};

test("a signed vote comes out of its link as it went in", () => {
  expect(ballotOf(ballotLink(BALLOT))).toEqual(BALLOT);
  expect(ballotOf(ballotLink({ ...BALLOT, reason: "" }))).toEqual({ ...BALLOT, reason: "" });
});

test.each([
  ["nothing", ""],
  ["another fragment", "#calls"],
  ["another word", ballotLink(BALLOT).replace("against", "perhaps")],
  ["no account", ballotLink({ ...BALLOT, voter: "0x14" })],
  ["no signature", ballotLink({ ...BALLOT, signature: "yes" })],
])("%s is no signed vote", (_, fragment) => {
  expect(ballotOf(fragment)).toBeNull();
});
