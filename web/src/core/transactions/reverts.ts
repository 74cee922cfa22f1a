/** Why a contract refuses, in words: every custom error of every contract has its sentence. */
import { BaseError, ContractFunctionRevertedError, decodeErrorResult } from "viem";
import { errors } from "../../generated/errors";
import { notices } from "../../generated/notices";

export interface Refusal {
  /** The error's name; null where it is none of ours. */
  name: string | null;
  args: readonly unknown[];
  /** What is wrong, in words. */
  text: string;
}

/** The refusal in what a call raised; null where the contract did not refuse. */
export function refusalOf(error: unknown): Refusal | null {
  const data = dataOf(error);
  if (data !== null && data.length >= 10) return decoded(data);
  if (error instanceof BaseError) {
    const reverted = error.walk((one) => one instanceof ContractFunctionRevertedError);
    if (reverted instanceof ContractFunctionRevertedError) {
      return { name: null, args: [], text: reverted.reason ?? reverted.shortMessage };
    }
    const lacks = error.walk((one) => (one as Error).name === "InsufficientFundsError");
    if (lacks) return { name: "InsufficientFunds", args: [], text: "" };
  }
  return null;
}

/** The words of an error's bytes. */
export function decoded(data: `0x${string}`): Refusal {
  try {
    const found: { errorName: string; args?: readonly unknown[] } = decodeErrorResult({
      abi: errors,
      data,
    });
    const { errorName: name, args } = found;
    // A plain `require` with its reason, which any token may have.
    if (name === "Error") return { name: null, args: args ?? [], text: String(args?.[0]) };
    const known: Readonly<Record<string, string>> = notices;
    return { name, args: args ?? [], text: known[name] ?? name };
  } catch {
    return { name: null, args: [], text: `an error that is not known (${data.slice(0, 10)})` };
  }
}

function dataOf(error: unknown): `0x${string}` | null {
  for (let one = error, depth = 0; one !== null && typeof one === "object" && depth < 10; depth++) {
    const { data, raw, cause } = one as Record<string, unknown>;
    for (const found of [raw, data, (data as { data?: unknown } | undefined)?.data]) {
      if (typeof found === "string" && /^0x[0-9a-f]{8,}$/i.test(found))
        return found as `0x${string}`;
    }
    one = cause;
  }
  return null;
}
