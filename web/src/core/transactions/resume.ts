/** Goes on, after a reload, with what had been sent before it. */
import { clientOf } from "../chain";
import { type Session, same } from "../wallet/session";
import { isOver, isSent } from "./deed";
import { deeds } from "./journal";
import { watch } from "./watch";

/** Those of this account and chain; the others wait for theirs. */
export function resume(session: Session): void {
  const client = clientOf(session.wallet.provider);
  for (const deed of deeds.get()) {
    const ours = deed.chainId === session.chainId && same(deed.account, session.account);
    if (ours && isSent(deed) && !isOver(deed)) void watch(client, deed);
  }
}
