"""Offers that cannot be listed."""

from __future__ import annotations

from backend.api.problem_types.kind import new

WRONG_DOMAIN = new(
    "offer-wrong-domain",
    400,
    "The offer is for another market",
    "It must be signed for the `chainId` and `escrow` given here.",
)
IMPOSSIBLE_TERMS = new(
    "terms-impossible",
    400,
    "No offer can be made of this",
    "`detail` says why: parties that do not fit the template, or what the escrow would refuse.",
)
IMPOSSIBLE_OFFER = new(
    "offer-impossible",
    400,
    "The escrow would refuse these terms",
    "`contractError` is the error of the contract; see its list of errors.",
)
CONTENT_MISMATCH = new(
    "offer-content-mismatch",
    400,
    "The text is not what was signed",
    "`contentHash` must be the SHA2-256 of the text in UTF-8.",
)
UNUSABLE_TEXT = new(
    "offer-unusable-text",
    400,
    "A line of the text cannot be used",
    "`detail` says which of `template`, `area` and `calendar`, and what it must be.",
)
MISSING_SIGNATURE = new(
    "offer-missing-signature",
    400,
    "A signature is missing",
    "Every named party signs, or all but the one that will take the offer; `missing` lists them.",
)
FOREIGN_SIGNATURE = new(
    "offer-foreign-signature", 400, "A signature of a stranger", "Only parties of the offer sign."
)
BAD_SIGNATURE = new(
    "offer-bad-signature",
    400,
    "A signature does not hold",
    "The EIP-712 signature of `Offer` by `party`, or one its contract accepts (ERC-1271).",
)
OFFER_EXPIRED = new("offer-expired", 409, "The offer has expired", "By the chain's clock.")
OFFER_NOT_YET_VALID = new(
    "offer-not-yet-valid",
    409,
    "The offer's time has not come",
    "`createdAt` lies after the newest block; post it again later.",
)
OFFER_CANCELLED = new(
    "offer-cancelled", 409, "The offer was cancelled", "Sign a new one, created after `until`."
)
OFFER_WITHDRAWN = new(
    "offer-withdrawn",
    409,
    "A maker withdrew the offer",
    "For good: sign a new one. `by` is who withdrew it.",
)
OFFER_FILLED = new("offer-filled", 409, "Every fill is taken", "Sign a new one.")
FEE_ABOVE_CEILING = new(
    "offer-fee-above-ceiling",
    409,
    "The fee in force is above the offer's ceiling",
    "Sign one whose `maxFeeBps` is at least `feeBps`.",
)
ASSET_NOT_ALLOWED = new(
    "offer-asset-not-allowed", 409, "Trades in this asset cannot be opened", "See `/assets`."
)
LOW_BALANCE = new(
    "offer-low-balance",
    409,
    "A maker does not have what it promises to fund",
    "`needed` and `found` are in base units of the asset, for one fill.",
)
LOW_BUDGET = new(
    "offer-low-budget",
    409,
    "The budget of the offer does not hold what a fill takes of its sponsor",
    "The sponsor locks it first: `lockBudget` of the Escrow.",
)
LOW_ALLOWANCE = new(
    "offer-low-allowance",
    409,
    "A maker has not allowed the escrow to take what it promises",
    "Approve the escrow for `needed` base units or more.",
)
TOO_MANY_SPLITS = new(
    "too-many-splits",
    429,
    "Too many signed splits",
    "`limit` is the most that a party may have kept for a trade.",
)
SPLIT_REFUSED = new(
    "offer-split-refused",
    400,
    "A signed split does not hold",
    "`split` is its place among `splits`, counted from 0, of an offer, and 0 for a trade; `detail`"
    " says what is wrong with it.",
)
ANSWER_REFUSED = new(
    "offer-answer-refused",
    409,
    "It cannot answer that offer",
    "A counter-offer is for one account: a maker of the offer that its text says it `answers`, who"
    " alone may take it. In an answer to an answer the parties stay the same; `detail` says more.",
)
CALENDAR_TAKEN = new(
    "offer-calendar-taken",
    409,
    "The thing is taken at that time",
    "`trades` are open trades about the same `calendar` of the maker that overlap: choose another"
    " time.",
)
TOO_MANY_OFFERS = new(
    "too-many-offers",
    429,
    "Too many offers",
    "Withdraw or cancel some, let them expire, or wait as long as `Retry-After` says; `limit` is"
    " the most there may be.",
)
