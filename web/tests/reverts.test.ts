import { type AbiItem, encodeErrorResult } from "viem";
import { expect, test } from "vitest";
import { decoded, refusalOf } from "../src/core/transactions/reverts";
import { errors } from "../src/generated/errors";
import { notices } from "../src/generated/notices";

const LANGUAGE = ["Error", "Panic"]; // of Solidity itself; what they say is in their values

test("every error of every contract, and of tokens, has a sentence", () => {
  const known: Readonly<Record<string, string>> = notices;
  const names = [...new Set<string>(errors.map((one) => one.name))];
  expect(names.length).toBeGreaterThan(200);
  const without = names.filter((name) => !LANGUAGE.includes(name) && !known[name]?.endsWith("."));
  expect(without).toEqual([]);
});

test("a refusal is told in words, also where a wallet has wrapped it", () => {
  const abi = errors as readonly AbiItem[];
  const args = [`0x${"ab".repeat(32)}`];
  const data = encodeErrorResult({ abi, errorName: "Escrow_FillTaken", args });
  expect(decoded(data)).toEqual({
    name: "Escrow_FillTaken",
    args,
    text: notices.Escrow_FillTaken,
  });
  const wrapped = Object.assign(new Error("no"), { cause: { data: { data } } });
  expect(refusalOf(wrapped)?.name).toBe("Escrow_FillTaken");
  expect(refusalOf(new Error("the network is away"))).toBeNull();
});

test("a plain reason is given as it is, and what is unknown is said to be", () => {
  const abi = errors as readonly AbiItem[];
  const data = encodeErrorResult({ abi, errorName: "Error", args: ["token: paused"] });
  expect(decoded(data)).toMatchObject({ name: null, text: "token: paused" });
  expect(decoded("0xdeadbeef").text).toContain("0xdeadbeef");
});
