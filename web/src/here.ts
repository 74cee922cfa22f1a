/** What every page has at hand: the news, the chain's clock. */
import { clock } from "./core/clock";
import { live } from "./core/live";
import { watched } from "./core/watched";

const { news, heard } = live();

/** The last block that was indexed, and what happened in it. */
export { heard, news };
/** Unix seconds by the chain; null until the first block is told. */
export const now = clock(news);
/** The ids of deeds that the page itself shows: the list of all deeds leaves them out. */
export const onPage = watched<ReadonlySet<string>>(new Set());
