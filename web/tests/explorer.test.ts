import {
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionData,
  getAddress,
  parseAbi,
} from "viem";
import { expect, test } from "vitest";
import { escrowAbi } from "../src/generated/abi/Escrow";
import { decodeCall, decodeLog, nameOf } from "../src/core/explorer/decode";

const ESCROW = "0xabcdef0000000000000000000000000000000001";
const ELSE = "0x00000000000000000000000000000000000000ee";
const contracts = { Escrow: ESCROW };

test("an account of the market has its contract's name, however it is spelled", () => {
  expect(nameOf(contracts, ESCROW.toLowerCase())).toBe("Escrow");
  expect(nameOf(contracts, ELSE)).toBeNull();
});

test("a call is told by its function and its arguments, arrays and tuples part by part", () => {
  const abi = parseAbi(["function withdraw(address account, address asset, address to)"]);
  const args = [ESCROW, ELSE, ESCROW] as const;
  const data = encodeFunctionData({ abi, functionName: "withdraw", args });
  expect(decodeCall(contracts, ESCROW, data)).toEqual({
    name: "withdraw",
    args: ["account", "asset", "to"].map((name, index) => ({
      name,
      type: "address",
      value: getAddress(args[index] ?? ""),
    })),
  });
  const trades = encodeFunctionData({
    abi: escrowAbi,
    functionName: "expireBatch",
    args: [[], [3n, 5n]],
  });
  expect(decodeCall(contracts, ESCROW, trades)?.args).toEqual([
    { name: "trades", type: "tuple[]", value: [] },
    {
      name: "tranches",
      type: "uint256[]",
      value: [
        { name: "0", type: "uint256", value: "3" },
        { name: "1", type: "uint256", value: "5" },
      ],
    },
  ]);
});

test("what is no call of the contract is not guessed", () => {
  expect(decodeCall(contracts, ELSE, "0x12345678")).toBeNull();
  expect(decodeCall(contracts, null, "0x12345678")).toBeNull();
  expect(decodeCall(contracts, ESCROW, "0x")).toBeNull();
});

test("what is of none of the market's contracts is read as a token", () => {
  const abi = parseAbi(["event Transfer(address indexed from, address indexed to, uint256 value)"]);
  const args = { from: ESCROW, to: ELSE } as const;
  const topics = encodeEventTopics({ abi, eventName: "Transfer", args }) as `0x${string}`[];
  const data = encodeAbiParameters([{ type: "uint256" }], [7n]);
  const told = decodeLog(contracts, { address: ELSE, topics, data });
  expect(told?.name).toBe("Transfer");
  expect(told?.args.map((one) => one.value)).toEqual([getAddress(ESCROW), getAddress(ELSE), "7"]);
  expect(decodeLog(contracts, { address: ELSE, topics: [], data: "0x" })).toBeNull();
});
