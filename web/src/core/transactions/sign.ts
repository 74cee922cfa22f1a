/** Signatures that are asked of the wallet and sent nowhere by themselves. */
import { codeOf, isRefusal } from "../wallet/provider";
import type { Session } from "../wallet/session";
import { begin } from "./begin";
import type { Deed } from "./deed";
import { change } from "./journal";

/** As the API gives it (`typedData`), for eth_signTypedData_v4. */
export type TypedData = Record<string, unknown>;

// Unsupported method (EIP-1193), and not found (JSON-RPC).
const UNABLE = [4200, -32601];

export interface Signed {
  /** Null where it was not signed: `deed` says why. */
  signature: `0x${string}` | null;
  deed: Deed;
  /** Whether the wallet can do no such thing at all. */
  unable?: boolean;
}

/** Has typed data (EIP-712) signed. Never raises. */
export function signTyped(session: Session, what: string, data: TypedData): Promise<Signed> {
  const params = [session.account, JSON.stringify(data)];
  return ask(session, what, { method: "eth_signTypedData_v4", params });
}

/** Has a text signed (EIP-191). Never raises. */
export function signText(session: Session, what: string, text: string): Promise<Signed> {
  const bytes = [...new TextEncoder().encode(text)];
  const hex = `0x${bytes.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
  return ask(session, what, { method: "personal_sign", params: [hex, session.account] });
}

async function ask(
  session: Session,
  what: string,
  asked: { method: string; params: unknown },
): Promise<Signed> {
  const deed = change(begin(session, what), { step: "confirm", signature: true });
  try {
    const signature = await session.wallet.provider.request(asked);
    if (typeof signature !== "string") throw new Error("the wallet gave no signature");
    const done = change(deed, { outcome: { is: "done", block: null } });
    return { signature: signature as `0x${string}`, deed: done };
  } catch (error) {
    if (isRefusal(error)) {
      return { signature: null, deed: change(deed, { outcome: { is: "refused" } }) };
    }
    const text = error instanceof Error ? error.message : String(error);
    const outcome = { is: "failed", name: null, text } as const;
    const unable = UNABLE.includes(codeOf(error) ?? 0);
    return { signature: null, deed: change(deed, { outcome }), unable };
  }
}
