/** Words and pictures for the store of contents. Loaded when somebody shows something. */
import { type Hex, sha256, toBytes } from "viem";
import { type Shapes, told } from "./api";
import { contract } from "./market";
import { signTyped } from "./transactions/sign";
import type { Deed } from "./transactions/deed";
import type { Session } from "./wallet/session";
import { DOMAIN } from "./transactions/domain";

const SECONDS = 900; // that a signed upload holds

export interface Uploaded {
  /** Null where it was not signed: `deed` says why. */
  content: Shapes["UploadedOut"] | null;
  deed: Deed;
}

/** The SHA2-256 that a chain speaks of words by. */
export const hashOf = (words: string): Hex => sha256(toBytes(words));

/** Has an upload signed, and sends it. Raises Problem and Unreachable. */
export async function upload(session: Session, content: string | Uint8Array): Promise<Uploaded> {
  const bytes = typeof content === "string" ? toBytes(content) : content;
  const expiresAt = Math.floor(Date.now() / 1_000) + SECONDS;
  const { signature, deed } = await signTyped(session, "upload", {
    domain: {
      name: "Commonhold Content",
      version: "1",
      chainId: session.chainId,
      verifyingContract: contract("Escrow"),
    },
    types: {
      EIP712Domain: DOMAIN,
      Upload: [
        { name: "contentHash", type: "bytes32" },
        { name: "uploader", type: "address" },
        { name: "expiresAt", type: "uint40" },
      ],
    },
    primaryType: "Upload",
    message: { contentHash: sha256(bytes), uploader: session.account, expiresAt },
  });
  if (signature === null) return { content: null, deed };
  const answer = fetch("/api/v1/content", {
    method: "POST",
    headers: {
      "Content-Type": "application/octet-stream",
      "Commonhold-Uploader": session.account,
      "Commonhold-Expires": String(expiresAt),
      "Commonhold-Signature": signature,
    },
    body: new Blob([Uint8Array.from(bytes)]),
  }).then(async (response) => {
    const body = (await response.json()) as Shapes["UploadedOut"];
    return response.ok ? { data: body, response } : { error: body, response };
  });
  return { content: await told(answer as never), deed };
}
