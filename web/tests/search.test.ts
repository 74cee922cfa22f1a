import { expect, test } from "vitest";
import { fromAddress, toAddress, toQuery } from "../src/core/search";

const wanted = (query: string) => fromAddress(new URLSearchParams(query));
const ASSET = `0x${"ab".repeat(20)}`;

test("a search is in the address, and comes back from it", () => {
  const query = `q=brass+lamp&side=pays&kind=1&asset=${ASSET}&sort=cheapest&least=1.5`;
  expect(toAddress(wanted(query))).toBe(`/?${query}`);
  expect(toAddress(wanted(""))).toBe("/");
});

test("amounts become base units of the asset", () => {
  expect(toQuery(wanted(`asset=${ASSET}&least=1.5&most=2`), 6)).toEqual({
    asset: ASSET,
    minAmount: "1500000",
    maxAmount: "2000000",
  });
});

test("amounts without an asset, or that are none, are no search", () => {
  expect(toQuery(wanted("least=1"), null)).toBeNull();
  expect(toQuery(wanted(`asset=${ASSET}&most=x`), 6)).toBeNull();
});

test("what the API would refuse is left out", () => {
  expect(toQuery(wanted("side=sideways&kind=11&sort=best&asset=0x1&q=%20!%20"), null)).toEqual({});
  expect(toQuery(wanted("sort=dearest"), null)).toEqual({});
});
