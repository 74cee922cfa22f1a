/** What is looked for on the market, as the address of the page keeps it and the API takes it. */
import type { paths } from "../generated/api";
import { baseUnits } from "./amounts";

export type OfferQuery = NonNullable<paths["/api/v1/offers"]["get"]["parameters"]["query"]>;

export const SORTS = ["newest", "expiring", "cheapest", "dearest"] as const;
export const SIDES = ["pays", "performs"] as const;
const NAMES = ["q", "side", "kind", "asset", "sort", "least", "most"] as const;

/** As typed: amounts as people write them, everything else as in the API; "" is left open. */
export type Wanted = Record<(typeof NAMES)[number], string>;

export function fromAddress(query: URLSearchParams): Wanted {
  const pairs = NAMES.map((name) => [name, query.get(name) ?? ""]);
  return Object.fromEntries(pairs) as Wanted;
}

/** The address of a page that looks for this. */
export function toAddress(wanted: Wanted): string {
  const query = new URLSearchParams();
  for (const name of NAMES) if (wanted[name] !== "") query.set(name, wanted[name]);
  return query.size === 0 ? "/" : `/?${query}`;
}

/** The filters of the API; null where an amount is not one, or has no asset to be of. */
export function toQuery(wanted: Wanted, decimals: number | null): OfferQuery | null {
  const amounts: { minAmount?: string; maxAmount?: string } = {};
  for (const [name, key] of [
    ["least", "minAmount"],
    ["most", "maxAmount"],
  ] as const) {
    if (wanted[name].trim() === "") continue;
    const value =
      wanted.asset === "" || decimals === null ? null : baseUnits(wanted[name], decimals);
    if (value === null) return null;
    amounts[key] = value;
  }
  const sort = SORTS.find((one) => one === wanted.sort);
  const byAmount = sort === "cheapest" || sort === "dearest";
  const side = SIDES.find((one) => one === wanted.side);
  return {
    ...amounts,
    ...(wanted.q.trim() && /[\p{L}\p{N}_]/u.test(wanted.q)
      ? { q: wanted.q.trim().slice(0, 200) }
      : {}),
    ...(side ? { side } : {}),
    ...(/^([1-9]|10)$/.test(wanted.kind) ? { kind: Number(wanted.kind) } : {}),
    ...(/^0x[0-9a-fA-F]{40}$/.test(wanted.asset) ? { asset: wanted.asset } : {}),
    ...(sort && (!byAmount || wanted.asset !== "") ? { sort } : {}),
  };
}
