/** What a wallet is asked to do, and how far it has come. */

/** The steps of a deed, in their order. A signature alone ends with `confirm`. */
export const STEPS = ["check", "confirm", "block", "indexed"] as const;
export type Step = (typeof STEPS)[number];

export type Outcome =
  | { is: "running" }
  /** `block` is null where it was a signature. */
  | { is: "done"; block: number | null }
  /** The user said no in the wallet: nothing was sent. */
  | { is: "refused" }
  /** It would fail, did fail, or could not be sent; `name` is the contract's error. */
  | { is: "failed"; name: string | null; text: string }
  /** Another transaction of the account took its place. */
  | { is: "replaced" }
  /** The node does not know it any more: it was never in a block. */
  | { is: "dropped" }
  /** It was in a block that is no longer part of the chain. */
  | { is: "undone" };

export interface Deed {
  id: string;
  /** Whether it ends with a signature: it is sent nowhere. */
  signature?: boolean;
  /** The contract's function, or what is signed; `words` of the section `wallet` tell it. */
  what: string;
  chainId: number;
  account: string;
  step: Step;
  outcome: Outcome;
  hash: `0x${string}` | null;
  nonce: number | null;
  /** Where it is in, once it is in one. */
  block: { number: number; hash: string } | null;
  /** Wall clock, milliseconds. */
  begun: number;
}

export const isOver = (deed: Deed): boolean => deed.outcome.is !== "running";
/** Whether the wallet has sent it: from then on it survives a reload. */
export const isSent = (deed: Deed): boolean => deed.hash !== null;
