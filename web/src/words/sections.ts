/** The sections and their keys, as English has them: a line for each file in `en/`. */
import type common from "./en/common";
import type market from "./en/market";
import type offer from "./en/offer";
import type proposals from "./en/proposals";
import type wallet from "./en/wallet";

export interface Sections {
  common: typeof common;
  market: typeof market;
  offer: typeof offer;
  proposals: typeof proposals;
  wallet: typeof wallet;
}

/** What a section of another language must have: every key of the English one. */
export type Translation<S extends keyof Sections> = Record<keyof Sections[S], string>;
