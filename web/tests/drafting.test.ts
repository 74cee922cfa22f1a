import { expect, test } from "vitest";
import { type Governed, type Row, changeOf, faultOf, typedOf, valueOf } from "../src/core/drafting";

const FEE: Governed = {
  change: "fee",
  field: "feeBps.goods",
  value: "250",
  unit: "basisPoints",
  least: "0",
  most: "1000",
  step: "100",
  notice: 600,
};
const STAKE: Governed = { ...FEE, change: "juryRules", field: "seatStake", unit: "asset" };
const ROW: Row = {
  id: 1,
  key: FEE.field,
  value: "",
  account: "",
  asset: "",
  allowed: true,
  claim: "personVerified",
};
const SOMEBODY = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";

test("a value is typed in its unit's own form", () => {
  expect(typedOf("250", "basisPoints")).toBe("2.5");
  expect(valueOf("2,5", "basisPoints")).toBe("250");
  expect(valueOf("2.555", "basisPoints")).toBeNull();
  expect(typedOf("1000000", "points")).toBe("1");
  expect(typedOf("86400", "seconds")).toBe("86400");
});

test.each([
  ["250", "same"],
  ["350", null],
  ["351", "step"],
  ["149", "step"],
  ["1001", "bounds"],
])("%s basis points of 250: %s", (value, fault) => {
  expect(faultOf(FEE, value)).toBe(fault);
});

test.each<[string, Partial<Row>, unknown]>([
  ["fee", { value: "2" }, { type: "fee", kind: "goods", feeBps: 200 }],
  ["stake", { key: "seatStake", value: "9" }, { type: "juryRules", seatStake: "9" }],
  [
    "payment",
    { key: "payment", value: "1.5", account: SOMEBODY, asset: SOMEBODY },
    { type: "payment", asset: SOMEBODY, to: SOMEBODY, amount: "1500000" },
  ],
  [
    "arbitrator",
    { key: "arbitrator", account: SOMEBODY },
    { type: "disputeRules", arbitrator: SOMEBODY },
  ],
  ["asset", { key: "asset", asset: SOMEBODY }, { type: "asset", asset: SOMEBODY, allowed: true }],
  [
    "rate of an asset",
    { key: "asset", asset: SOMEBODY, value: "12" },
    { type: "asset", asset: SOMEBODY, allowed: true, rate: "12" },
  ],
  [
    "attestor",
    { key: "attestor", account: SOMEBODY, claim: "creditBand", allowed: false },
    { type: "attestor", attestor: SOMEBODY, claim: "creditBand", allowed: false },
  ],
  [
    "escrow",
    { key: "reputationEscrow", account: SOMEBODY },
    { type: "reputationEscrow", escrow: SOMEBODY, listed: true },
  ],
  [
    "credit",
    { key: "withdrawCredit", asset: SOMEBODY },
    { type: "withdrawCredit", asset: SOMEBODY },
  ],
])("a row becomes a change: %s", (_, row, change) => {
  expect(changeOf({ ...ROW, ...row }, [FEE, STAKE], 6)).toEqual(change);
});

test("a row that is not filled in is no change", () => {
  for (const key of [
    FEE.field,
    "payment",
    "asset",
    "arbitrator",
    "attestor",
    "reputationEscrow",
    "withdrawCredit",
    "other",
  ]) {
    expect(changeOf({ ...ROW, key }, [FEE], 6)).toBeNull();
  }
});
