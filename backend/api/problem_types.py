"""Every problem the service can answer with; `docs/errors.md` lists them, a test holds the two.

A type's URI never changes. Its name is what a client switches on, its title and detail are for
people. 422 is for input that could not be read at all; what was read and refused is 400 if it can
never become right, 409 if it may at another time.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "urn:problem-type:commonhold:"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One row of the list: `advice` says to the client's author what to do about it."""

    name: str
    status: int
    title: str
    advice: str

    @property
    def uri(self) -> str:
        return PREFIX + self.name


_ALL: dict[str, ProblemType] = {}


def _new(name: str, status: int, title: str, advice: str) -> ProblemType:
    if name in _ALL:
        raise ValueError(f"two problems are named {name}")
    _ALL[name] = ProblemType(name, status, title, advice)
    return _ALL[name]


# Requests
MALFORMED = _new(
    "malformed-input",
    422,
    "The input cannot be read",
    "`errors` names each field and what is wrong with it.",
)
NO_SUCH_PAGE = _new("no-such-page", 404, "No such page", "`/openapi.json` lists the pages.")
WRONG_METHOD = _new(
    "wrong-method",
    405,
    "This page does not take that method",
    "`Allow` lists those it does.",
)
WRONG_MEDIA_TYPE = _new(
    "wrong-media-type", 415, "The body is not JSON", "Send `Content-Type: application/json`."
)
BODY_TOO_LARGE = _new("body-too-large", 413, "The body is too large", "`limit` is in bytes.")
BODY_TOO_SLOW = _new(
    "body-too-slow", 408, "The body came too slowly", "Send it again; `seconds` is the time it has."
)
TOO_MANY_REQUESTS = _new(
    "too-many-requests",
    429,
    "Too many requests from this address",
    "Wait as long as `Retry-After` says; `limit` is for a minute.",
)
ANSWER_TOO_SLOW = _new(
    "answer-too-slow",
    503,
    "The answer took too long",
    "Ask again after `Retry-After`.",
)
BROKEN = _new(
    "internal",
    500,
    "Something went wrong here",
    "A fault of the service; its log tells more under `reference`.",
)

# Cursors
BAD_CURSOR = _new(
    "bad-cursor",
    422,
    "The cursor is damaged",
    "Use `nextCursor` as it was given.",
)
FOREIGN_CURSOR = _new(
    "foreign-cursor",
    400,
    "The cursor belongs to another list",
    "A cursor holds for one deployment, list and set of filters: start again without.",
)
OUTDATED_CURSOR = _new(
    "outdated-cursor", 410, "The cursor is of another version", "Start again without a cursor."
)

# What is known of the chain
BLOCK_NOT_INDEXED = _new(
    "block-not-indexed",
    409,
    "That block is not indexed yet",
    "Ask again after `Retry-After`; `indexedBlock` is how far the index is.",
)
NOT_READY = _new(
    "not-ready", 503, "Nothing is indexed yet", "Start the indexer, or wait for its first block."
)
DATABASE_BUSY = _new(
    "database-busy", 503, "The database cannot be used now", "Ask again after `Retry-After`."
)
NODE_UNREACHABLE = _new(
    "node-unreachable", 503, "The node does not answer", "Ask again after `Retry-After`."
)
NODE_OTHER_CHAIN = _new(
    "node-on-another-chain",
    503,
    "The node is on another chain",
    "For the operator: point the service at a node of the chain it was set up for.",
)

# Things that are not there
UNKNOWN_TRADE = _new("unknown-trade", 404, "No such trade", "Or it is in a block not indexed yet.")
UNKNOWN_DISPUTE = _new(
    "unknown-dispute",
    404,
    "No such dispute",
    "Or it is in a block not indexed yet; a disputed tranche has no case until a side deposits.",
)
UNKNOWN_JUROR = _new(
    "unknown-juror",
    404,
    "No such juror",
    "Nobody staked from this account; `/jurors/{account}/duties` answers for any.",
)
UNKNOWN_SEED = _new("unknown-seed", 404, "No such seed", "Or it is in a block not indexed yet.")
UNKNOWN_OFFER = _new("unknown-offer", 404, "No such offer", "Nobody posted an offer of this hash.")
UNKNOWN_TEMPLATE = _new("unknown-template", 404, "No such template", "`/templates` lists them.")
UNKNOWN_PROPOSAL = _new(
    "unknown-proposal", 404, "No such proposal", "Or it is in a block not indexed yet."
)
UNKNOWN_VERSION = _new(
    "unknown-rules-version", 404, "No such version of the rules", "`latest` is the newest."
)
NOT_LOCAL = _new(
    "not-a-local-chain",
    404,
    "There are no known people here",
    "Only a chain on one's own machine has accounts that anybody may use: bring a wallet.",
)
UNKNOWN_MEMBER = _new("unknown-member", 404, "No such member", "`/accounts` knows any account.")

# Proposals that cannot be drafted
DRAFT_CONFLICT = _new(
    "draft-conflict",
    400,
    "Two changes are of the same thing",
    "Give it once; `field` names it.",
)
DRAFT_INCOMPLETE = _new(
    "draft-incomplete",
    400,
    "A change leaves something open",
    "An asset that was never listed needs `allowed` and `rate`.",
)

TOO_MANY_TRADES = _new(
    "too-many-trades",
    409,
    "Too many trades to reckon at once",
    "Ask for fewer days; `trades` is how many there are, `limit` how many there may be.",
)

# Offers that cannot be listed
WRONG_DOMAIN = _new(
    "offer-wrong-domain",
    400,
    "The offer is for another market",
    "It must be signed for the `chainId` and `escrow` given here.",
)
IMPOSSIBLE_TERMS = _new(
    "terms-impossible",
    400,
    "No offer can be made of this",
    "`detail` says why: parties that do not fit the template, or what the escrow would refuse.",
)
IMPOSSIBLE_OFFER = _new(
    "offer-impossible",
    400,
    "The escrow would refuse these terms",
    "`contractError` is the error of the contract; see its list of errors.",
)
CONTENT_MISMATCH = _new(
    "offer-content-mismatch",
    400,
    "The text is not what was signed",
    "`contentHash` must be the SHA2-256 of the text in UTF-8.",
)
UNUSABLE_TEXT = _new(
    "offer-unusable-text",
    400,
    "A line of the text cannot be used",
    "`detail` says which of `template`, `area` and `calendar`, and what it must be.",
)
MISSING_SIGNATURE = _new(
    "offer-missing-signature",
    400,
    "A signature is missing",
    "Every named party signs, or all but the one that will take the offer; `missing` lists them.",
)
FOREIGN_SIGNATURE = _new(
    "offer-foreign-signature", 400, "A signature of a stranger", "Only parties of the offer sign."
)
BAD_SIGNATURE = _new(
    "offer-bad-signature",
    400,
    "A signature does not hold",
    "The EIP-712 signature of `Offer` by `party`, or one its contract accepts (ERC-1271).",
)
OFFER_EXPIRED = _new("offer-expired", 409, "The offer has expired", "By the chain's clock.")
OFFER_NOT_YET_VALID = _new(
    "offer-not-yet-valid",
    409,
    "The offer's time has not come",
    "`createdAt` lies after the newest block; post it again later.",
)
OFFER_CANCELLED = _new(
    "offer-cancelled", 409, "The offer was cancelled", "Sign a new one, created after `until`."
)
OFFER_WITHDRAWN = _new(
    "offer-withdrawn",
    409,
    "A maker withdrew the offer",
    "For good: sign a new one. `by` is who withdrew it.",
)
OFFER_FILLED = _new("offer-filled", 409, "Every fill is taken", "Sign a new one.")
FEE_ABOVE_CEILING = _new(
    "offer-fee-above-ceiling",
    409,
    "The fee in force is above the offer's ceiling",
    "Sign one whose `maxFeeBps` is at least `feeBps`.",
)
ASSET_NOT_ALLOWED = _new(
    "offer-asset-not-allowed", 409, "Trades in this asset cannot be opened", "See `/assets`."
)
LOW_BALANCE = _new(
    "offer-low-balance",
    409,
    "A maker does not have what it promises to fund",
    "`needed` and `found` are in base units of the asset, for one fill.",
)
LOW_BUDGET = _new(
    "offer-low-budget",
    409,
    "The budget of the offer does not hold what a fill takes of its sponsor",
    "The sponsor locks it first: `lockBudget` of the Escrow.",
)
LOW_ALLOWANCE = _new(
    "offer-low-allowance",
    409,
    "A maker has not allowed the escrow to take what it promises",
    "Approve the escrow for `needed` base units or more.",
)
SPLIT_REFUSED = _new(
    "offer-split-refused",
    400,
    "A split signed beforehand does not hold",
    "`split` is its place among `splits`, counted from 0; `detail` says what is wrong with it.",
)
ANSWER_REFUSED = _new(
    "offer-answer-refused",
    409,
    "It cannot answer that offer",
    "A counter-offer is for one account: a maker of the offer that its text says it `answers`, who"
    " alone may take it. In an answer to an answer the parties stay the same; `detail` says more.",
)
CALENDAR_TAKEN = _new(
    "offer-calendar-taken",
    409,
    "The thing is taken at that time",
    "`trades` are open trades about the same `calendar` of the maker that overlap: choose another"
    " time.",
)
TOO_MANY_OFFERS = _new(
    "too-many-offers",
    429,
    "Too many offers",
    "Withdraw or cancel some, let them expire, or wait as long as `Retry-After` says; `limit` is"
    " the most there may be.",
)

# Messages
UNKNOWN_THREAD = _new(
    "unknown-thread",
    404,
    "No such conversation",
    "It is named after a trade, or after a posted offer and who asks about it; the trade may be in"
    " a block not indexed yet.",
)
NOT_A_PARTY = _new(
    "not-a-party", 403, "Only the parties write and read here", "`parties` lists them."
)
TOKEN_REFUSED = _new(
    "read-token-refused",
    401,
    "Reading needs a signed token",
    "`Authorization: Commonhold account:issuedAt:expiresAt:signature`, signed by the wallet for"
    " this market (EIP-712 `ReadMessages`), for an hour at most.",
)
MESSAGE_WRONG_DOMAIN = _new(
    "message-wrong-domain",
    400,
    "It is for another market",
    "It must be signed for the `chainId` and `escrow` given here.",
)
KEY_REFUSED = _new(
    "messaging-key-refused",
    400,
    "These keys do not hold",
    "`detail` says why: a weak key, or a signature that is not the account's.",
)
KEY_OUTDATED = _new(
    "messaging-key-outdated",
    409,
    "These keys come at the wrong time",
    "`createdAt` must lie after that of the keys in use, and not ahead of `now`.",
)
NO_KEY = _new(
    "messaging-key-missing",
    409,
    "Somebody has published no keys",
    "`accounts` lists who has to: the sender, or at least one whom it writes to.",
)
OLD_KEY = _new(
    "message-old-key",
    409,
    "The message is not sealed and signed with the keys in use",
    "`readers` maps each account that it must be sealed to to the key; make it again.",
)
BAD_MESSAGE = _new(
    "message-refused", 400, "The message does not hold", "`detail` says what is wrong with it."
)
MESSAGE_KNOWN = _new(
    "message-known", 409, "This message was taken in before", "Nothing to do: it is there."
)
OUT_OF_ORDER = _new(
    "message-out-of-order",
    409,
    "Another message came before",
    "Read it, and sign again with `sequence` and `previous`.",
)
WRONG_TIME = _new(
    "message-wrong-time",
    409,
    "The message is not of now",
    "`sentAt` must be close to `now`; set the clock.",
)
TOO_MANY_MESSAGES = _new(
    "too-many-messages",
    429,
    "Too many messages, or keys",
    "`limit` is the most there may be; where there is `Retry-After`, wait.",
)

# Condition reports
REPORT_REFUSED = _new(
    "report-refused",
    400,
    "The condition report is not signed as it should be",
    "Only parties of the trade sign: the EIP-712 signature of `ConditionReport` by `party`, or one"
    " its contract accepts (ERC-1271).",
)
TOO_MANY_REPORTS = _new(
    "too-many-reports",
    429,
    "Too many condition reports",
    "`limit` is the most that a party may sign in a trade.",
)

# Content
CONTENT_REFUSED = _new(
    "content-refused",
    400,
    "This content is not taken in",
    "Words in UTF-8, or a picture (JPEG, PNG, WebP); `detail` says what is wrong with it.",
)
UPLOAD_NOT_SIGNED = _new(
    "upload-not-signed",
    400,
    "The upload is not signed by its uploader",
    "The EIP-712 signature of `Upload` for this `chainId` and `escrow`, over the SHA2-256 of the"
    " bytes as they are sent.",
)
UPLOAD_EXPIRED = _new(
    "upload-expired",
    400,
    "The signature of the upload holds no longer, or for too long",
    "`Commonhold-Expires` is unix seconds, in the future and at most `seconds` from now.",
)
TOO_MUCH_CONTENT = _new(
    "too-much-content",
    429,
    "Too much content",
    "`limit` is the most in bytes: of one uploader in a day, or of all together.",
)
CONTENT_MISSING = _new(
    "content-missing",
    404,
    "Nothing is kept under this hash",
    "Who has it can upload it: its hash proves it.",
)
CONTENT_ALTERED = _new(
    "content-altered",
    502,
    "What is kept under this hash is not what it was",
    "It is never given out; who has it can upload it again.",
)
STORE_UNREACHABLE = _new(
    "content-store-unreachable",
    503,
    "The store of content does not answer",
    "Ask again after `Retry-After`.",
)

TOO_MANY_STREAMS = _new(
    "too-many-streams", 503, "Too many streams are open", "Close one, or ask `/status` instead."
)

PROBLEM_TYPES: tuple[ProblemType, ...] = tuple(_ALL.values())
