"""What Hypothesis draws: offers with and without mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

HOUR, DAY = 3_600, 86_400
MISTAKES = (
    "value",
    "fill",
    "signer",
    "expired",
    "early",
    "start",
    "amount",
    "role",
    "period",
    "kind",
    "fee",
    "funder",
    "twice",
    "many",
    "sponsor",
)


@dataclass(frozen=True)
class TrancheDraft:
    """Roles are turned into places by the number of parties; `checker` is counted from after the
    performer."""

    funder: int
    performer: int
    checker: int
    amount: int
    due_in: int
    review_period: int


@dataclass(frozen=True)
class OfferDraft:
    """`order` are traders by number; the first `count` are the parties, `seat` is the taker's;
    `starts` is counted from now; `sponsor` is a place like those of a tranche, or None."""

    asset: int
    order: tuple[int, ...]
    count: int
    seat: int
    is_named: bool
    tranches: tuple[TrancheDraft, ...]
    kind: int
    max_fee_bps: int
    lasts: int
    starts: int | None
    fills: int
    sponsor: int | None
    labels: int
    least_points: int
    mistake: str | None


amounts = st.one_of(st.integers(1, 100), st.integers(1, 10**12), st.integers(1, 2**100))
periods = st.sampled_from([1, 60, HOUR, DAY, 3 * DAY, 9 * DAY])
places = st.integers(0, 11)
tranche_drafts = st.builds(
    TrancheDraft,
    funder=places,
    performer=places,
    checker=places,
    amount=amounts,
    due_in=periods,
    review_period=periods,
)


def offers_with(sponsor: st.SearchStrategy[int | None]) -> st.SearchStrategy[OfferDraft]:
    """Offers that somebody may sponsor."""
    return st.builds(
        OfferDraft,
        asset=st.integers(0, 2),
        order=st.permutations(range(5)).map(tuple),
        count=st.sampled_from([2, 2, 2, 3, 4]),
        seat=st.integers(0, 3),
        is_named=st.booleans(),
        tranches=st.one_of(
            st.lists(tranche_drafts, min_size=1, max_size=3).map(tuple),
            st.lists(tranche_drafts, min_size=1, max_size=8).map(tuple),
        ),
        kind=st.integers(1, 10),
        max_fee_bps=st.sampled_from([1_000, 1_000, 1_000, 400]),
        lasts=st.sampled_from([0, HOUR, 5 * DAY, 60 * DAY]),
        starts=st.sampled_from([None, None, None, -HOUR, 60, HOUR, DAY, 9 * DAY]),
        fills=st.integers(1, 3),
        sponsor=sponsor,
        labels=st.one_of(st.just(0), st.just(0), st.sampled_from([0, 1, 6, 1 << 15])),
        least_points=st.one_of(st.just(0), st.just(0), st.sampled_from([0, 1, 1_000, 1_001])),
        mistake=st.one_of(st.none(), st.none(), st.none(), st.sampled_from(MISTAKES)),
    )


offer_drafts = offers_with(st.none())
sponsored_drafts = offers_with(places)
fees = st.lists(st.integers(-500, 500), min_size=10, max_size=10)
shares = st.one_of(st.integers(0, 10_000), st.sampled_from([0, 1, 5_000, 9_999, 10_000, 10_001]))
jury_steps = st.integers(-25, 25)  # percent
jumps = st.sampled_from([1, 60, HOUR, DAY, 2 * DAY, 6 * DAY, 20 * DAY])
masks = st.sampled_from([0, 1, 6, 7, 0xFF, 0xFFFF])
numbers = st.integers(0, 9_999)
rarely = st.integers(0, 9).map(lambda drawn: drawn == 0)
