/** A proposal's changes as somebody fills them in, and as the service takes them for a draft. */
import { baseUnits, digits } from "./amounts";
import type { Shapes } from "./api";
import { POINT_DECIMALS } from "./governed";

export type Governed = Shapes["GovernedOut"];
export type Change = Shapes["DraftIn"]["changes"][number];

/** What is no number with bounds. */
export const OTHERS = [
  "arbitrator",
  "asset",
  "attestor",
  "reputationEscrow",
  "payment",
  "withdrawCredit",
] as const;

/** What an attestor may be allowed to attest, as drafts name it. */
export const CLAIMS = [
  "personVerified",
  "businessVerified",
  "creditBand",
  "sustainableProduct",
] as const satisfies readonly Shapes["AttestorIn"]["claim"][];

export interface Row {
  id: number;
  /** A field of `GovernedOut`, or one of `OTHERS`. */
  key: string;
  /** As typed: a number in its unit's own form, or an amount. */
  value: string;
  /** Arbitrator, attestor, escrow, or whom the treasury pays. */
  account: string;
  asset: string;
  allowed: boolean;
  /** What an attestor attests. */
  claim: Shapes["AttestorIn"]["claim"];
}

const ACCOUNT = /^0x[0-9a-f]{40}$/i;
const DECIMALS: Record<string, number> = { basisPoints: 2, points: POINT_DECIMALS };

/** A value as it is typed: 2.5 for 250 basis points, seconds and counts as they are. */
export function typedOf(value: string, unit: string): string {
  return digits(value, DECIMALS[unit] ?? 0);
}

/** The whole number that was typed; null where it is none. */
export function valueOf(typed: string, unit: string): string | null {
  return baseUnits(typed, DECIMALS[unit] ?? 0);
}

/** What the bounds of a number, and the largest step of one vote, say to a value. */
export function faultOf(of: Governed, value: string): "bounds" | "step" | "same" | null {
  const wanted = BigInt(value);
  const old = of.value === null ? null : BigInt(of.value);
  if (old === wanted) return "same";
  if (of.least !== null && wanted < BigInt(of.least)) return "bounds";
  if (of.most !== null && wanted > BigInt(of.most)) return "bounds";
  const moved = old === null ? 0n : wanted > old ? wanted - old : old - wanted;
  return of.step !== null && moved > BigInt(of.step) ? "step" : null;
}

/** The change of a row; null where it is not filled in. `decimals` are of the row's asset. */
export function changeOf(
  row: Row,
  fields: readonly Governed[],
  decimals: number | null,
): Change | null {
  const account = row.account.trim();
  const asset = row.asset.trim();
  switch (row.key) {
    case "arbitrator":
      return ACCOUNT.test(account) ? { type: "disputeRules", arbitrator: account } : null;
    case "asset":
      return ACCOUNT.test(asset) ? assetChange(asset, row) : null;
    case "attestor":
      return ACCOUNT.test(account)
        ? { type: "attestor", attestor: account, claim: row.claim, allowed: row.allowed }
        : null;
    case "reputationEscrow":
      return ACCOUNT.test(account)
        ? { type: "reputationEscrow", escrow: account, listed: row.allowed }
        : null;
    case "withdrawCredit":
      return ACCOUNT.test(asset) ? { type: "withdrawCredit", asset } : null;
    case "payment": {
      const amount = baseUnits(row.value, decimals ?? 0);
      if (amount === null || !ACCOUNT.test(account) || !ACCOUNT.test(asset)) return null;
      return { type: "payment", asset, to: account, amount };
    }
  }
  const of = fields.find((one) => one.field === row.key);
  if (of === undefined) return null;
  const value = valueOf(row.value, of.unit);
  return value === null ? null : numberChange(of, value);
}

/** An empty rate stays as it is; null for one that is no whole number. */
function assetChange(asset: string, row: Row): Change | null {
  if (row.value.trim() === "") return { type: "asset", asset, allowed: row.allowed };
  const rate = baseUnits(row.value, 0);
  return rate === null ? null : { type: "asset", asset, allowed: row.allowed, rate };
}

function numberChange(of: Governed, value: string): Change {
  switch (of.change) {
    case "fee":
      return {
        type: "fee",
        kind: of.field.replace("feeBps.", "") as Shapes["FeeIn"]["kind"],
        feeBps: Number(value),
      };
    case "setting":
      return { type: "setting", name: of.field as Shapes["SettingIn"]["name"], value };
    case "proposalTerms": {
      const [, proposalType = "", name = ""] = of.field.split(".");
      return { type: of.change, proposalType, [name]: Number(value) } as Change;
    }
    default: {
      // Wei and base units travel as text; all else fits into a number.
      const told = of.unit === "asset" ? value : Number(value);
      return { type: of.change, [of.field]: told } as Change;
    }
  }
}
