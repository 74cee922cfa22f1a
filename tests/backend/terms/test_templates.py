"""What holds for every template under random inputs: adding one adds its cases here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.terms.kinds import kind_name
from backend.terms.payout import BPS
from backend.terms.plain.draft import NotRecognised, draft, recognise
from backend.terms.plain.money import Money
from backend.terms.plain.narrator import Case, Narrator, Place
from backend.terms.plain.preview import preview
from backend.terms.silence import PinnedRules, after_silence, payout_of
from backend.terms.status import TrancheStatus
from backend.terms.templates import all_templates
from scripts.template_pages import FOLDER, MONEY, RULES, example_of
from scripts.template_pages import pages as template_pages
from tests.backend.terms.inputs import NOW, drafts

TEMPLATES = all_templates()
every_template = pytest.mark.parametrize("name", TEMPLATES)
some = settings(max_examples=40, deadline=None)

rules_of_trades = st.builds(
    PinnedRules,
    fee_bps=st.integers(0, 1_000),
    ruling_period=st.integers(1, 90 * 86_400),
    default_performer_bps=st.integers(0, BPS),
)
monies = st.builds(Money, st.just("USD"), st.integers(0, 18))


@every_template
def test_its_kind_is_its_row_of_the_fee_table(name: str) -> None:
    """Or the last row, which those share that have none of their own."""
    assert kind_name(TEMPLATES[name].kind) in (name, "other")
    assert TEMPLATES[name].name == name


@every_template
def test_round_trip(name: str) -> None:
    @some
    @given(drafts(TEMPLATES[name]))
    def check(made):
        found = recognise(made.offer, made.text)
        assert found.given == made.given
        assert found == made

    check()


@every_template
def test_other_terms_are_not_recognised(name: str) -> None:
    """Whatever one changes, the offer is of another input or of none: never of the same."""

    @some
    @given(drafts(TEMPLATES[name]), st.data())
    def check(made, data):
        tranches = list(made.offer.terms.tranches)
        index = data.draw(st.integers(0, len(tranches) - 1))
        field = data.draw(
            st.sampled_from(("funder", "performer", "checker", "amount", "due_in", "review_period"))
        )
        before = getattr(tranches[index], field)
        tranches[index] = replace(tranches[index], **{field: before + 1})
        terms = replace(made.offer.terms, tranches=tuple(tranches))
        other = replace(made.offer, terms=terms)
        with suppress(NotRecognised):
            assert recognise(other, made.text).given != made.given
        with pytest.raises(NotRecognised, match="not the one that was signed"):
            recognise(made.offer, made.text + " ")

    check()


@every_template
def test_conservation(name: str) -> None:
    """However each tranche ends, what comes out is what was paid in."""

    @some
    @given(drafts(TEMPLATES[name]), rules_of_trades, monies)
    def check(made, rules, money):
        told = list(Narrator(made.seats, money, rules).tell(made.pieces))
        ends = [
            {each.payout for each in told if each.tranche == index}
            for index in range(len(made.pieces))
        ]
        paid_in = sum(tranche.amount for tranche in made.offer.terms.tranches)
        few = [sorted(each, key=str)[:2] for each in ends][:8]
        rest = sum(piece.tranche.amount for piece in made.pieces[8:])
        for payouts in product(*few):
            paid = sum(p.to_performer + p.to_checker + p.fee for p in payouts)
            assert paid + rest == paid_in
        for each in told:
            sums = each.payout
            amount = made.pieces[each.tranche].tranche.amount
            assert sums.to_performer + sums.to_checker + sums.fee == amount

    check()


@every_template
def test_silence_always_has_an_answer(name: str) -> None:
    """Whatever was done until then: one deadline, one outcome, and the sentence that tells it."""

    @some
    @given(drafts(TEMPLATES[name]), rules_of_trades, st.data())
    def check(made, rules, data):
        started_at = data.draw(st.integers(NOW, NOW * 2))
        narrator = Narrator(made.seats, Money("USD", 6), rules, opened_at=started_at)
        for index, piece in enumerate(made.pieces):
            since = started_at
            tranche = piece.tranche
            longest = {
                TrancheStatus.OPEN: tranche.due_in,
                TrancheStatus.PERFORMED: tranche.review_period,
                TrancheStatus.DISPUTED: rules.ruling_period,
            }
            for status, period in longest.items():
                place = Place(status, since)
                silence = after_silence(
                    status, since, tranche, started_at, rules.ruling_period,
                    rules.default_performer_bps,
                )  # fmt: skip
                assert silence is not None
                assert since <= silence.due_at <= since + period
                assert silence.outcome.is_final
                first, *_ = (
                    each
                    for each in narrator.tell(made.pieces, {index: place})
                    if each.tranche == index and each.due_at is not None
                )
                assert (first.outcome, first.due_at) == (silence.outcome, silence.due_at)
                since = data.draw(st.integers(since, silence.due_at))

    check()


@every_template
def test_every_sentence_tells_what_the_contract_does(name: str) -> None:
    """Sums are those of the function that the contract's tests hold; the words contain them."""

    @some
    @given(drafts(TEMPLATES[name]), rules_of_trades, monies)
    def check(made, rules, money):
        seats = made.seats
        narrator = Narrator(seats, money, rules)
        steps = made.template.steps(made.given)
        told = [*narrator.tell(made.pieces), *narrator.tell_signed(made.pieces, steps, seats)]
        for each in told:
            tranche = made.pieces[each.tranche].tranche
            assert each.payout == payout_of(tranche, each.performer_bps, rules.fee_bps)
            for seat, sums in (
                (tranche.performer, each.payout.to_performer),
                (tranche.checker, each.payout.to_checker),
            ):
                says = f"{seats[seat]} gets {money.show(sums)}"
                assert (says in each.text) == (sums > 0)
            assert (f"treasury {money.show(each.payout.fee)}" in each.text) == (each.payout.fee > 0)
            assert each.text[0].isupper() or not seats[0][0].isalpha()
        for index in range(len(made.pieces)):
            cases = [each.case for each in told if each.tranche == index]
            assert set(cases) >= set(Case) - {Case.SIGNED_BEFORE}

    check()


@every_template
def test_what_is_signed_beforehand_can_be_used(name: str) -> None:
    """By the other side of that tranche, for every fill, within the lives of both."""

    @some
    @given(drafts(TEMPLATES[name]))
    def check(made):
        for one in made.presigned:
            tranche = made.pieces[one.step.tranche].tranche
            seat = made.seats.index(one.role)
            assert seat in (tranche.performer, tranche.checker)
            assert 0 <= one.step.performer_bps <= BPS
            assert one.by_taker == (made.deal.parties[one.role] is None)
            assert 0 <= one.fill < made.offer.listing.fills
        per_fill = len(made.template.steps(made.given))
        assert len(made.presigned) == per_fill * made.offer.listing.fills
        assert len({one.trade_id for one in made.presigned}) == (
            made.offer.listing.fills if per_fill else 0
        )
        assert made == draft(made.template, made.given, made.deal)

    check()


@every_template
def test_its_page_tells_its_example(name: str) -> None:
    """And every field of its form."""
    made = example_of(TEMPLATES[name])
    page = (FOLDER / f"{name}.md").read_text()
    assert page == template_pages()[FOLDER / f"{name}.md"]
    for each in preview(made, {}, MONEY, RULES):
        assert each.text in page
    for field in TEMPLATES[name].input.model_fields.values():
        assert str(field.description) in page
