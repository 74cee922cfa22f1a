/**
 * Reviewing the other sides of a closed trade: hidden first, then shown (docs/reviews.md). The salt
 * is made of the wallet's signature, as the command line makes it; the words stay in this browser
 * until they are shown.
 */
import {
  type Address,
  type Hex,
  encodeAbiParameters,
  keccak256,
  parseAbiParameters,
  sha256,
  toBytes,
} from "viem";
import { reviewsAbi } from "../../generated/abi/Reviews";
import type { Shapes } from "../api";
import { upload } from "../content";
import { secretOf } from "../court/secret";
import { keep, recall } from "../keep";
import { contract } from "../market";
import { tupleOf } from "../trade/tuple";
import { begin } from "../transactions/begin";
import type { Deed } from "../transactions/deed";
import { change } from "../transactions/journal";
import { send } from "../transactions/send";
import { signTyped } from "../transactions/sign";
import type { Session } from "../wallet/session";
import { DOMAIN } from "../transactions/domain";

export const STARS = [1, 2, 3, 4, 5] as const;
const NONE: Hex = `0x${"0".repeat(64)}`;
const PURPOSE =
  "This signature is the secret of my review in this trade. Whoever has it can read my review" +
  " before it is revealed: sign it only where you review, and show it to nobody.";

export interface Sides {
  chainId: number;
  reviews: Address;
  tradeId: Hex;
  author: Address;
  subject: Address;
}

const place = ({ tradeId, author, subject }: Sides) =>
  `review.${tradeId}.${author}.${subject}`.toLowerCase();

/** The words of a review that is hidden, if this browser has them. */
export const keptWords = (sides: Sides): string => recall(place(sides)) ?? "";

/** As the contract speaks of words; zero for none. */
export const hashOf = (words: string): Hex => (words === "" ? NONE : sha256(toBytes(words)));

/** As `Reviews.commitmentOf`: 26 bytes. */
export function commitmentOf(sides: Sides, rating: number, contentHash: Hex, salt: Hex): Hex {
  const types = parseAbiParameters(
    "uint256, address, bytes32, address, address, uint8, bytes32, bytes32",
  );
  const { chainId, reviews, tradeId, author, subject } = sides;
  const words = [
    BigInt(chainId),
    reviews,
    tradeId,
    author,
    subject,
    rating,
    contentHash,
    salt,
  ] as const;
  return keccak256(encodeAbiParameters(types, words)).slice(0, 54) as Hex;
}

/** Commits to a review that nobody can read yet. */
export async function commit(
  session: Session,
  trade: Shapes["TradeOut"],
  subject: string,
  rating: number,
  words: string,
): Promise<Deed> {
  const sides = sidesOf(session, trade, subject);
  const { salt, deed } = await saltOf(session, sides);
  if (salt === null) return deed;
  keep(place(sides), words);
  const commitment = commitmentOf(sides, rating, hashOf(words), salt);
  return onReviews(session, "commit", [tupleOf(trade.trade), subject, commitment]);
}

/** Shows the review that was committed to: its words first, then by a transaction. */
export async function reveal(
  session: Session,
  trade: Shapes["TradeOut"],
  said: Shapes["SideReviewOut"],
  words: string,
): Promise<Deed> {
  const sides = sidesOf(session, trade, said.subject);
  const { salt, deed } = await saltOf(session, sides);
  if (salt === null) return deed;
  const hash = hashOf(words);
  const found = STARS.find((one) => commitmentOf(sides, one, hash, salt) === said.commitment);
  if (found === undefined) {
    const outcome = { is: "failed", name: "OtherWords", text: "" } as const;
    return change(begin(session, "review.reveal"), { outcome });
  }
  const refused = await publish(session, words);
  if (refused !== null) return refused;
  const args = [trade.id, session.account, said.subject, found, hash, salt];
  const done = await onReviews(session, "reveal", args);
  if (done.outcome.is === "done") keep(place(sides), null);
  return done;
}

/** Reviews openly, where neither has committed in time. */
export async function review(
  session: Session,
  trade: Shapes["TradeOut"],
  subject: string,
  rating: number,
  words: string,
): Promise<Deed> {
  const refused = await publish(session, words);
  if (refused !== null) return refused;
  return onReviews(session, "review", [tupleOf(trade.trade), subject, rating, hashOf(words)]);
}

/** Answers a review of oneself, once. */
export async function reply(
  session: Session,
  said: Shapes["ReviewOut"],
  words: string,
): Promise<Deed> {
  const refused = await publish(session, words);
  if (refused !== null) return refused;
  return onReviews(session, "reply", [said.tradeId, said.author, hashOf(words)]);
}

/** Keeps the words; null once they are, or where there are none. Raises Problem. */
async function publish(session: Session, words: string): Promise<Deed | null> {
  if (words === "") return null;
  const { content, deed } = await upload(session, words);
  return content === null ? deed : null;
}

function sidesOf(session: Session, trade: Shapes["TradeOut"], subject: string): Sides {
  return {
    chainId: session.chainId,
    reviews: contract("Reviews"),
    tradeId: trade.id as Hex,
    author: session.account as Address,
    subject: subject as Address,
  };
}

async function saltOf(session: Session, sides: Sides): Promise<{ salt: Hex | null; deed: Deed }> {
  const { chainId, reviews, tradeId, author, subject } = sides;
  const { signature, deed } = await signTyped(session, "secret", {
    domain: { name: "Commonhold Reviews", version: "1", chainId, verifyingContract: reviews },
    types: {
      EIP712Domain: DOMAIN,
      ReviewSecret: [
        { name: "purpose", type: "string" },
        { name: "tradeId", type: "bytes32" },
        { name: "author", type: "address" },
        { name: "subject", type: "address" },
      ],
    },
    primaryType: "ReviewSecret",
    message: { purpose: PURPOSE, tradeId, author, subject },
  });
  if (signature === null) return { salt: null, deed };
  const salt = secretOf(signature);
  if (salt !== null) return { salt, deed };
  const outcome = { is: "failed", name: "UnusableSignature", text: "" } as const;
  return { salt: null, deed: change(deed, { outcome }) };
}

function onReviews(session: Session, name: string, args: readonly unknown[]): Promise<Deed> {
  const call = { address: contract("Reviews"), abi: reviewsAbi, functionName: name, args };
  return send(session, { what: `review.${name}`, ...call });
}
