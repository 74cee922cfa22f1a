/** Calls and events of the market's contracts, in words of their interfaces. */
import {
  type Abi,
  type AbiEvent,
  type AbiFunction,
  type AbiParameter,
  type Hex,
  decodeEventLog,
  decodeFunctionData,
  toEventSelector,
  toFunctionSelector,
} from "viem";
import { attestationsAbi } from "../../generated/abi/Attestations";
import { bondedSeedAbi } from "../../generated/abi/BondedSeed";
import { courtAbi } from "../../generated/abi/Court";
import { escrowAbi } from "../../generated/abi/Escrow";
import { jurorPoolAbi } from "../../generated/abi/JurorPool";
import { marketGovernorAbi } from "../../generated/abi/MarketGovernor";
import { marketTimelockAbi } from "../../generated/abi/MarketTimelock";
import { proposalTypesAbi } from "../../generated/abi/ProposalTypes";
import { reputationAbi } from "../../generated/abi/Reputation";
import { reviewsAbi } from "../../generated/abi/Reviews";
import { ruleBookAbi } from "../../generated/abi/RuleBook";
import { tokenAbi } from "../../generated/abi/Token";

/** By the names that the service gives the market's contracts. */
const INTERFACES: Readonly<Record<string, Abi>> = {
  Attestations: attestationsAbi,
  BondedSeed: bondedSeedAbi,
  Court: courtAbi,
  Escrow: escrowAbi,
  JurorPool: jurorPoolAbi,
  MarketGovernor: marketGovernorAbi,
  MarketTimelock: marketTimelockAbi,
  ProposalTypes: proposalTypesAbi,
  Reputation: reputationAbi,
  Reviews: reviewsAbi,
  RuleBook: ruleBookAbi,
};

/** One argument; of a tuple or an array, the arguments within. */
export interface Argument {
  name: string;
  type: string;
  value: string | Argument[];
}

export interface Decoded {
  /** Of the function or the event. */
  name: string;
  args: Argument[];
}

export type Contracts = Readonly<Record<string, string>>;

/** The name of a contract of the market; null of any other account. */
export function nameOf(contracts: Contracts, address: string): string | null {
  const sought = address.toLowerCase();
  return Object.keys(contracts).find((name) => contracts[name]?.toLowerCase() === sought) ?? null;
}

/** What a call to `to` asks for; null where its data is of no interface that is known. */
export function decodeCall(contracts: Contracts, to: string | null, data: Hex): Decoded | null {
  if (to === null || data.length < 10) return null;
  const abi = interfaceOf(contracts, to);
  try {
    const { args } = decodeFunctionData({ abi, data });
    const selector = data.slice(0, 10);
    const item = abi.find((one) => one.type === "function" && toFunctionSelector(one) === selector);
    return item === undefined ? null : told(item as AbiFunction, args ?? []);
  } catch {
    return null;
  }
}

/** What a contract announced; null where it is of no interface that is known. */
export function decodeLog(
  contracts: Contracts,
  log: { address: string; topics: readonly Hex[]; data: Hex },
): Decoded | null {
  const abi = interfaceOf(contracts, log.address);
  try {
    const topics = log.topics as [Hex, ...Hex[]];
    const { args } = decodeEventLog({ abi, data: log.data, topics });
    const item = abi.find((one) => one.type === "event" && toEventSelector(one) === topics[0]);
    if (item === undefined) return null;
    const named = (args ?? {}) as Record<string, unknown>;
    const inputs = (item as AbiEvent).inputs;
    return told(
      item as AbiEvent,
      inputs.map((one, index) => named[one.name ?? String(index)]),
    );
  } catch {
    return null;
  }
}

// Whatever is not the market's own is read as a token: nothing else is called by its trades.
function interfaceOf(contracts: Contracts, address: string): Abi {
  const name = nameOf(contracts, address);
  return (name === null ? undefined : INTERFACES[name]) ?? tokenAbi;
}

function told(item: AbiFunction | AbiEvent, values: readonly unknown[]): Decoded {
  return {
    name: item.name,
    args: item.inputs.map((input, index) => argument(input, input.name ?? "", values[index])),
  };
}

function argument(input: AbiParameter, name: string, value: unknown): Argument {
  const { type } = input;
  if (Array.isArray(value) && type.endsWith("]")) {
    const inner = { ...input, type: type.replace(/\[\d*\]$/, "") } as AbiParameter;
    return { name, type, value: value.map((one, index) => argument(inner, `${index}`, one)) };
  }
  if (type === "tuple" && "components" in input) {
    const held = value as Record<string, unknown> & readonly unknown[];
    const parts = input.components.map((part, index) =>
      argument(part, part.name ?? "", Array.isArray(value) ? held[index] : held[part.name ?? ""]),
    );
    return { name, type, value: parts };
  }
  return { name, type, value: String(value) };
}
