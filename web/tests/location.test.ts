import { expect, test } from "vitest";
import { match } from "../src/core/location";

const routes = [
  { path: "/" },
  { path: "/offers/:offerHash" },
  { path: "/offers/new" },
  { path: "/a/:b/c" },
];

test.each([
  ["/", "/", {}],
  ["/offers/0xab", "/offers/:offerHash", { offerHash: "0xab" }],
  ["/offers/0xab/", "/offers/:offerHash", { offerHash: "0xab" }],
  ["/a/x%20y/c", "/a/:b/c", { b: "x y" }],
])("%s is a page", (path, pattern, params) => {
  expect(match(routes, path)).toEqual({ route: { path: pattern }, params });
});

test.each(["/offers", "/offers/a/b", "/nothing", "/a/%E0%A4%A/c"])("%s is no page", (path) => {
  expect(match(routes, path)).toBeNull();
});
