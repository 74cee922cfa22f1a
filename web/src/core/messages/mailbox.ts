/** The conversation about a trade, opened with the wallet in use. Loaded when somebody opens it. */
import { type Address, type Hex, bytesToHex, getAddress } from "viem";
import { type Shapes, api, told } from "../api";
import { secretOf } from "../court/secret";
import { contract } from "../market";
import type { Deed } from "../transactions/deed";
import { change } from "../transactions/journal";
import { signTyped } from "../transactions/sign";
import type { Session } from "../wallet/session";
import { type Content, decode, encode } from "./content";
import { type Opened, type Sender, Unreadable, boxHash, hashOf, open, seal } from "./envelope";
import { type Pair, isPair, isPublished, keyData, pairOf, readData, secretData } from "./keys";
import { FORMAT } from "./disclosed";
import { type Library, type Place, octets, sodium, tradeThread } from "./octets";

const READ_SECONDS = 3_000; // that one signature lets messages be asked for

export interface Shown {
  sequence: number;
  sender: string;
  sentAt: number;
  /** Null where it cannot be shown: `why` says so. */
  content: Content | null;
  why: "lost" | "forged" | "unknown" | null;
  /** Whether it does not follow on the one before: something was kept back. */
  gap: boolean;
}

export interface Unlocked {
  mailbox: Mailbox | null;
  /** The last thing that was signed, which says why it went no further. */
  deed: Deed;
}

/** Has the wallet make its keys, and publishes them where they are new. Raises Problem. */
export async function unlock(session: Session): Promise<Unlocked> {
  const library = await sodium();
  const place = { chainId: session.chainId, escrow: contract("Escrow") };
  const account = getAddress(session.account);
  const secret = await signTyped(session, "messages.secret", secretData(place, account));
  const made = secret.signature === null ? null : secretOf(secret.signature);
  if (made === null) return { mailbox: null, deed: unusable(secret) };
  const pair = pairOf(library, made);
  const path = { account };
  const known = await told(api.GET("/api/v1/messages/keys/{account}", { params: { path } }));
  let keys = known.current;
  if (keys === null || !isPair(keys, pair)) {
    const published = await publish(session, place, account, pair);
    if (published.keys === null) return { mailbox: null, deed: published.deed };
    keys = published.keys;
  }
  const issued = Math.floor(Date.now() / 1_000);
  const expires = issued + READ_SECONDS;
  const asked = readData(place, account, issued, expires);
  const { signature, deed } = await signTyped(session, "messages.read", asked);
  if (signature === null) return { mailbox: null, deed };
  const token = `Commonhold ${account}:${issued}:${expires}:${signature.toLowerCase()}`;
  return { mailbox: new Mailbox(library, place, { pair, keys }, token), deed };
}

function unusable({ signature, deed }: { signature: string | null; deed: Deed }): Deed {
  if (signature === null) return deed;
  const outcome = { is: "failed", name: "UnusableSignature", text: "" } as const;
  return change(deed, { outcome });
}

async function publish(session: Session, place: Place, account: Address, pair: Pair) {
  const [sealingKey, signingKey] = [bytesToHex(pair.sealingKey), bytesToHex(pair.signingKey)];
  const createdAt = Math.floor(Date.now() / 1_000);
  const data = keyData(place, account, sealingKey, signingKey, createdAt);
  const { signature, deed } = await signTyped(session, "messages.publish", data);
  if (signature === null) return { keys: null, deed };
  const body = { ...place, account, sealingKey, signingKey, createdAt, signature };
  return { keys: await told(api.PUT("/api/v1/messages/keys", { body })), deed };
}

/** The messages of one account; nothing of it leaves the memory of this page. */
export class Mailbox {
  readonly #library: Library;
  readonly #place: Place;
  readonly #own: Sender;
  readonly #token: string;
  #found: Shapes["ConversationOut"] | null = null;
  #messages: Shapes["MessageOut"][] = [];
  readonly #opened = new Map<number, Opened>();
  readonly #keys = new Map<string, Shapes["KeysOut"]>();

  constructor(library: Library, place: Place, own: Sender, token: string) {
    this.#library = library;
    this.#place = place;
    this.#own = own;
    this.#token = token;
  }

  get account(): string {
    return this.#own.keys.account;
  }

  /** All messages about a trade, and says that they were read. Raises Problem. */
  async read(tradeId: string): Promise<{ shown: Shown[]; silent: string[] }> {
    const path = { thread: `trade-${tradeId}` };
    const headers = { Authorization: this.#token };
    const page = (cursor: string | null) => {
      const query = { limit: 100, ...(cursor === null ? {} : { cursor }) };
      const params = { path, query };
      return told(api.GET("/api/v1/messages/threads/{thread}", { params, headers }));
    };
    let found = await page(null);
    const all = [...found.items];
    while (found.nextCursor !== null) {
      found = await page(found.nextCursor);
      all.push(...found.items);
    }
    this.#found = found;
    this.#messages = all;
    const thread = tradeThread(this.#library, this.#place, tradeId);
    const shown: Shown[] = [];
    let before: Hex | null = null;
    for (const message of all) {
      shown.push(await this.#show(thread, message, before));
      before = hashOf(this.#library, this.#place, thread, message);
    }
    if (found.unread > 0) {
      const body = { sequence: found.lastSequence };
      const read = api.POST("/api/v1/messages/threads/{thread}/read", {
        params: { path },
        headers,
        body,
      });
      await told(read);
    }
    const silent = found.parties.filter((one) => one.keys === null);
    return { shown, silent: silent.map((one) => one.account) };
  }

  /** Seals a text to every party that has keys, and sends it. Raises Problem. */
  async send(tradeId: string, text: string): Promise<void> {
    await this.read(tradeId);
    const found = this.#found as Shapes["ConversationOut"];
    const readers: Shapes["KeysOut"][] = [];
    for (const { keys } of found.parties) {
      if (keys === null) continue;
      // What is sealed to keys that the wallet did not sign is sealed to the service.
      if (!(await isPublished(this.#place, keys))) throw new Unreadable("forged");
      readers.push(keys);
    }
    const body = seal(
      this.#library,
      this.#place,
      tradeThread(this.#library, this.#place, tradeId),
      this.#own,
      { sequence: found.lastSequence, hash: found.previous },
      Math.floor(Date.now() / 1_000),
      encode(text),
      readers,
    );
    const params = { path: { thread: `trade-${tradeId}` } };
    await told(api.POST("/api/v1/messages/threads/{thread}", { params, body }));
  }

  /** A file that proves who wrote these messages, and opens no other: its text, to the octet. */
  disclose(tradeId: string, sequences: readonly number[]): string {
    const chosen = this.#messages.filter((one) => sequences.includes(one.sequence));
    const used = new Set(chosen.map((one) => one.keyId));
    const keys = [...this.#keys.values()]
      .filter((one) => used.has(one.keyId))
      .sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
    const messages = chosen.map((one) => {
      const opened = this.#opened.get(one.sequence);
      if (opened === undefined) throw new Unreadable("unknown");
      return {
        boxHash: bytesToHex(boxHash(this.#library, octets(one.box), one.readers)),
        content: bytesToHex(opened.content),
        keyId: one.keyId,
        opening: bytesToHex(opened.opening),
        previous: one.previous,
        sender: one.sender,
        sentAt: one.sentAt,
        sequence: one.sequence,
        signature: one.signature,
      };
    });
    const disclosure = {
      chainId: this.#place.chainId,
      escrow: this.#place.escrow,
      format: FORMAT,
      keys: keys.map(({ account, createdAt, sealingKey, signature, signingKey }) => ({
        account,
        createdAt,
        sealingKey,
        signature,
        signingKey,
      })),
      messages,
      thread: `trade-${tradeId}`,
    };
    return `${JSON.stringify(disclosure)}\n`;
  }

  async #show(
    thread: Uint8Array,
    message: Shapes["MessageOut"],
    before: Hex | null,
  ): Promise<Shown> {
    const { sequence, sender, sentAt } = message;
    const gap = before !== null && message.previous !== before;
    try {
      const keys = await this.#keysOf(sender, message.keyId);
      const opened = open(this.#library, this.#place, thread, message, keys, this.#own);
      this.#opened.set(sequence, opened);
      const content = decode(opened.content);
      const why = content === null ? "unknown" : null;
      return { sequence, sender, sentAt, content, why, gap };
    } catch (failure) {
      if (!(failure instanceof Unreadable)) throw failure;
      return { sequence, sender, sentAt, content: null, why: failure.why, gap };
    }
  }

  /** The keys that a message names, if its sender's wallet published them. */
  async #keysOf(account: string, keyId: string): Promise<Shapes["KeysOut"]> {
    const held = this.#keys.get(keyId);
    if (held !== undefined) return held;
    const path = { account };
    const known = await told(api.GET("/api/v1/messages/keys/{account}", { params: { path } }));
    const found = known.history.find((one) => one.keyId === keyId);
    if (found === undefined || !(await isPublished(this.#place, found)))
      throw new Unreadable("forged");
    this.#keys.set(keyId, found);
    return found;
  }
}
