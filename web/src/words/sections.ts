/** The sections and their keys, as English has them: a line for each file in `en/`. */
import type common from "./en/common";
import type court from "./en/court";
import type dashboard from "./en/dashboard";
import type explorer from "./en/explorer";
import type making from "./en/making";
import type market from "./en/market";
import type member from "./en/member";
import type offer from "./en/offer";
import type proposals from "./en/proposals";
import type propose from "./en/propose";
import type trades from "./en/trades";
import type wallet from "./en/wallet";
import type workbench from "./en/workbench";

export interface Sections {
  common: typeof common;
  court: typeof court;
  dashboard: typeof dashboard;
  explorer: typeof explorer;
  making: typeof making;
  market: typeof market;
  member: typeof member;
  offer: typeof offer;
  proposals: typeof proposals;
  propose: typeof propose;
  trades: typeof trades;
  wallet: typeof wallet;
  workbench: typeof workbench;
}

/** What a section of another language must have: every key of the English one. */
export type Translation<S extends keyof Sections> = Record<keyof Sections[S], string>;
