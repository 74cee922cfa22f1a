/** Situations that a developer wants to see, played by the people of a local chain. */
import type { Address } from "viem";
import { encodeFunctionData } from "viem";
import { marketGovernorAbi } from "../generated/abi/MarketGovernor";
import { type Shapes, api, told } from "./api";
import type { Local } from "./wallet/tryIt";
import { NodeRefused, type Workbench } from "./workbench";

const MOVED = 10n; // basis points

/** A member proposes another fee for goods, and time goes by until the vote is open. Gives the
 * path of its page. Raises `NodeRefused`. */
export async function proposalToVoteOn(
  bench: Workbench,
  local: Local,
  governor: Address,
): Promise<string> {
  const { items } = await told(api.GET("/api/v1/rules/bounds"));
  const numberOf = (field: string) => BigInt(items.find((one) => one.field === field)?.value ?? 0);
  const old = numberOf("feeBps.goods");
  const feeBps = Number(old < MOVED ? old + MOVED : old - MOVED);
  let fault = new NodeRefused("no member of this chain can propose");
  for (const { account } of local.people.filter((one) => one.role === "member")) {
    const draft = await told(
      api.POST("/api/v1/proposals/draft", {
        body: {
          changes: [{ type: "fee", kind: "goods", feeBps }],
          // Its own words each time: the same proposal cannot be made twice.
          description: `Another fee for goods (${crypto.randomUUID().slice(0, 8)})`,
          proposer: account,
        },
      }),
    );
    try {
      await bench.send(account, governor, proposing(draft));
    } catch (error) {
      if (!(error instanceof NodeRefused)) throw error;
      fault = error;
      continue;
    }
    await bench.wait(Number(numberOf("votingDelay")) + 1);
    return `/proposals/${draft.proposalId}`;
  }
  throw fault;
}

function proposing(draft: Shapes["DraftOut"]): string {
  const { targets, values, calldatas } = draft.arguments;
  const args = [
    targets as Address[],
    values.map(BigInt),
    calldatas as `0x${string}`[],
    draft.description,
  ] as const;
  return encodeFunctionData({ abi: marketGovernorAbi, functionName: "propose", args });
}
