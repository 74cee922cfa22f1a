/** The pages: a line each. `words` is the section of texts that is loaded with the page. */
import type { Component } from "svelte";
import type { Section } from "./words";

/** What a page is given. */
export type Page = Component<{ params: Record<string, string> }>;

export interface Route {
  /** `:name` is given to the page as `params.name`. */
  path: string;
  words: Section;
  load: () => Promise<{ default: unknown }>;
  /** Its key in the section `common`, where it stands in the navigation. */
  nav?: `nav.${string}`;
}

export const routes: readonly Route[] = [
  {
    path: "/",
    words: "market",
    nav: "nav.market",
    load: () => import("./pages/market/Market.svelte"),
  },
  {
    path: "/offers/new",
    words: "making",
    nav: "nav.make",
    load: () => import("./pages/make/Templates.svelte"),
  },
  {
    path: "/offers/new/:template",
    words: "making",
    load: () => import("./pages/make/Make.svelte"),
  },
  { path: "/offers/mine", words: "making", load: () => import("./pages/mine/Mine.svelte") },
  { path: "/offers/:offerHash", words: "offer", load: () => import("./pages/offer/Offer.svelte") },
  {
    path: "/trades",
    words: "trades",
    nav: "nav.trades",
    load: () => import("./pages/trades/Trades.svelte"),
  },
  { path: "/trades/:tradeId", words: "trades", load: () => import("./pages/trade/Trade.svelte") },
  {
    path: "/disputes",
    words: "court",
    nav: "nav.disputes",
    load: () => import("./pages/disputes/Disputes.svelte"),
  },
  {
    path: "/disputes/:caseId",
    words: "court",
    load: () => import("./pages/dispute/Dispute.svelte"),
  },
  {
    path: "/jury",
    words: "court",
    nav: "nav.jury",
    load: () => import("./pages/jury/Jury.svelte"),
  },
  {
    path: "/proposals",
    words: "proposals",
    nav: "nav.proposals",
    load: () => import("./pages/proposals/Proposals.svelte"),
  },
  {
    path: "/proposals/new",
    words: "propose",
    load: () => import("./pages/propose/Propose.svelte"),
  },
  {
    path: "/proposals/:proposalId",
    words: "proposals",
    load: () => import("./pages/proposal/Proposal.svelte"),
  },
  {
    path: "/rules",
    words: "proposals",
    nav: "nav.rules",
    load: () => import("./pages/rules/Rules.svelte"),
  },
  {
    path: "/dashboard",
    words: "dashboard",
    nav: "nav.dashboard",
    load: () => import("./pages/dashboard/Dashboard.svelte"),
  },
  {
    path: "/members/:account",
    words: "member",
    load: () => import("./pages/member/Member.svelte"),
  },
  {
    path: "/workbench",
    words: "workbench",
    load: () => import("./pages/workbench/Workbench.svelte"),
  },
  { path: "/blocks", words: "explorer", load: () => import("./pages/explorer/Blocks.svelte") },
  { path: "/block/:block", words: "explorer", load: () => import("./pages/explorer/Block.svelte") },
  {
    path: "/tx/:hash",
    words: "explorer",
    load: () => import("./pages/explorer/Transaction.svelte"),
  },
  {
    path: "/address/:address",
    words: "explorer",
    load: () => import("./pages/explorer/AccountPage.svelte"),
  },
];
