/** A deed that begins. */
import type { Session } from "../wallet/session";
import type { Deed } from "./deed";
import { note } from "./journal";

/** `what` has its words in the section `wallet`, as `what.NAME`. */
export function begin(session: Session, what: string): Deed {
  return note({
    id: newId(),
    what,
    chainId: session.chainId,
    account: session.account,
    step: "check",
    outcome: { is: "running" },
    hash: null,
    nonce: null,
    block: null,
    begun: Date.now(),
  });
}

/** Also where the page is not served securely, and `crypto.randomUUID` is not there. */
const newId = () =>
  [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");
