"""Messages and their keys."""

from __future__ import annotations

from backend.api.problem_types.kind import new

UNKNOWN_THREAD = new(
    "unknown-thread",
    404,
    "No such conversation",
    "It is named after a trade, or after a posted offer and who asks about it; the trade may be in"
    " a block not indexed yet.",
)
NOT_A_PARTY = new(
    "not-a-party", 403, "Only the parties write and read here", "`parties` lists them."
)
TOKEN_REFUSED = new(
    "read-token-refused",
    401,
    "Reading needs a signed token",
    "`Authorization: Commonhold account:issuedAt:expiresAt:signature`, signed by the wallet for"
    " this market (EIP-712 `ReadMessages`), for an hour at most.",
)
MESSAGE_WRONG_DOMAIN = new(
    "message-wrong-domain",
    400,
    "It is for another market",
    "It must be signed for the `chainId` and `escrow` given here.",
)
KEY_REFUSED = new(
    "messaging-key-refused",
    400,
    "These keys do not hold",
    "`detail` says why: a weak key, or a signature that is not the account's.",
)
KEY_OUTDATED = new(
    "messaging-key-outdated",
    409,
    "These keys come at the wrong time",
    "`createdAt` must lie after that of the keys in use, and not ahead of `now`.",
)
NO_KEY = new(
    "messaging-key-missing",
    409,
    "Somebody has published no keys",
    "`accounts` lists who has to: the sender, or at least one whom it writes to.",
)
OLD_KEY = new(
    "message-old-key",
    409,
    "The message is not sealed and signed with the keys in use",
    "`readers` maps each account that it must be sealed to to the key; make it again.",
)
BAD_MESSAGE = new(
    "message-refused", 400, "The message does not hold", "`detail` says what is wrong with it."
)
MESSAGE_KNOWN = new(
    "message-known", 409, "This message was taken in before", "Nothing to do: it is there."
)
OUT_OF_ORDER = new(
    "message-out-of-order",
    409,
    "Another message came before",
    "Read it, and sign again with `sequence` and `previous`.",
)
WRONG_TIME = new(
    "message-wrong-time",
    409,
    "The message is not of now",
    "`sentAt` must be close to `now`; set the clock.",
)
TOO_MANY_MESSAGES = new(
    "too-many-messages",
    429,
    "Too many messages, or keys",
    "`limit` is the most there may be; where there is `Retry-After`, wait.",
)
