"""Every sentence of every template's example, played on a real chain: it pays what is told."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from eth_utils.crypto import keccak

from backend.events.escrow import TradeOpened
from backend.terms.offer import Trade
from backend.terms.payout import BPS
from backend.terms.plain.draft import Deal, Draft, draft
from backend.terms.plain.narrator import Case, Sentence
from backend.terms.plain.preview import preview
from backend.terms.plain.template import unit_of
from backend.terms.silence import PinnedRules
from backend.terms.status import TrancheStatus
from backend.terms.templates import all_templates
from backend.terms.typed_data import hash_listing, signable_split
from scripts.people import Person
from scripts.template_pages import MONEY
from tests.backend.market import DAY, Market, Opened
from tests.backend.saved import Saved

PEOPLE = (Person.ALICE, Person.BOB, Person.CAROL)
NOBODY = b""
DISPUTED = (Case.RULED_FOR_PERFORMER, Case.RULED_FOR_CHECKER, Case.NOT_RULED)


@dataclass(frozen=True)
class Game:
    """One opened trade, to which the chain goes back after every case."""

    market: Market
    token: str
    made: Draft
    opened: Opened
    told: list[Sentence]

    def side(self, sentence: Sentence, role: str) -> Person:
        return PEOPLE[getattr(self.made.pieces[sentence.tranche].tranche, role)]

    def act(self, who: Person, function: str, sentence: Sentence, *rest: object) -> None:
        self.market.act(who, function, self.opened, sentence.tranche, *rest)

    def owned(self, sentence: Sentence) -> tuple[int, int, int]:
        """What performer, checker and treasury have."""
        sides = (self.side(sentence, "performer"), self.side(sentence, "checker"))
        held = [int(self.call("balanceOf(address)", each.address), 16) for each in sides]
        treasury = self.market.view("Escrow", "treasury")
        return (*held, self.market.view("Escrow", "creditOf", treasury, self.token))

    def call(self, signature: str, *values: object) -> Any:
        request = {"to": self.token, "data": _data(signature, *values)}
        return self.market.rpc("eth_call", request, "latest")

    def sign(self, who: Person, sentence: Sentence, deadline: int) -> bytes:
        deployment = self.market.deployment
        message = signable_split(
            deployment.chain_id,
            deployment.address("Escrow"),
            bytes.fromhex(self.opened.trade_id[2:]),
            sentence.tranche,
            sentence.performer_bps,
            deadline,
        )
        return bytes(who.account.sign_message(message).signature)


def _data(signature: str, *values: object) -> str:
    words = [f"{int(value, 16) if isinstance(value, str) else value:064x}" for value in values]
    return "0x" + keccak(text=signature)[:4].hex() + "".join(words)


@pytest.fixture
def token(market: Market, deployed: Saved) -> str:
    """Of which everybody has enough, and lets the Escrow have it."""
    found = json.loads(deployed.record.read_text())["contracts"]["token TUSD"]
    for person in PEOPLE:
        for signature, to in (
            ("mint(address,uint256)", person.address),
            ("approve(address,uint256)", market.deployment.address("Escrow")),
        ):
            sent = market.rpc(
                "eth_sendTransaction",
                {"from": person.address, "to": found, "data": _data(signature, to, 10**15)},
            )
            assert market.receipt(sent)["status"] == "0x1"
    return str(found)


def example(market: Market, token: str, name: str) -> Draft:
    """The template's own, begun a month from now where it begins at a time of the calendar."""
    template = all_templates()[name]
    given = template.input.model_validate_json(json.dumps(dict(template.example)))
    times = [key for key, field in template.input.model_fields.items() if unit_of(field) == "time"]
    later = {key: market.now + 30 * DAY for key in times if getattr(given, key)}
    given = template.input.model_validate(given.model_dump() | later)
    seats = template.seats(given)
    parties = {seat: person.address for seat, person in zip(seats, PEOPLE, strict=False)}
    deal = Deal(asset=token, parties=parties, max_fee_bps=1_000, created_at=market.now)
    return draft(template, given, deal)


def begin(market: Market, token: str, name: str) -> Game:
    made = example(market, token, name)
    makers = PEOPLE[: len(made.seats)]
    signatures = [market.sign(maker, made.offer) for maker in makers[1:]]
    if made.budget:
        sponsor = makers[made.offer.listing.sponsor - 1]
        market.send(sponsor, "Escrow", "lockBudget", made.offer.pack(), 1)
    sent = market.send(makers[0], "Escrow", "openTrade", made.offer.pack(), 0, signatures)
    event: Any = next(one.event for one in sent if isinstance(one.event, TradeOpened))
    trade = Trade.opened(made.offer, hash_listing(made.offer.listing), event.taker, event.pin)
    opened = Opened(event.trade_id, trade, made.offer)
    _, ruling_period, default_bps = market.view("RuleBook", "disputeRules", event.pin.rules_version)
    rules = PinnedRules(event.pin.fee_bps, ruling_period, default_bps)
    told = preview(made, {}, MONEY, rules, event.pin.opened_at)
    return Game(market, token, made, opened, told)


def prepare(game: Game, sentence: Sentence) -> None:
    """All that comes before the last step of this case."""
    if sentence.case is Case.NOT_REVIEWED or sentence.case in DISPUTED:
        game.act(game.side(sentence, "performer"), "perform", sentence)
    if sentence.case in DISPUTED:
        game.act(game.side(sentence, "checker"), "dispute", sentence)


def close(game: Game, sentence: Sentence) -> None:
    """The last step; silence is ended by somebody who has nothing to do with it."""
    market, case = game.market, sentence.case
    performer, checker = game.side(sentence, "performer"), game.side(sentence, "checker")
    if case is Case.ACCEPTED:
        game.act(checker, "accept", sentence)
    elif case is Case.GIVEN_UP:
        game.act(performer, "refund", sentence)
    elif case in (Case.RULED_FOR_PERFORMER, Case.RULED_FOR_CHECKER):
        arbitrator, *_ = market.view(
            "RuleBook", "disputeRules", game.opened.trade.pin.rules_version
        )
        market.act(arbitrator, "rule", game.opened, sentence.tranche, sentence.performer_bps)
    elif case is Case.SPLIT:
        until = market.now + DAY
        signatures = (game.sign(performer, sentence, until), game.sign(checker, sentence, until))
        game.act(Person.RITA, "split", sentence, sentence.performer_bps, until, *signatures)
    elif case is Case.SIGNED_BEFORE:
        assert sentence.due_at is not None
        _use(game, sentence, sentence.due_at)
    else:
        outcome, due_at, *sums = market.view("Escrow", "nextDefault", game.opened.call)[
            sentence.tranche
        ]
        payout = sentence.payout
        assert outcome == sentence.outcome.number
        assert sums == [payout.to_performer, payout.to_checker, payout.fee]
        if sentence.due_at is not None:
            assert due_at == sentence.due_at
        else:
            starts_at = game.made.offer.listing.starts_at
            assert due_at == max(market.now, starts_at) + (sentence.within or 0)
        market.wait_until(due_at + 1)
        game.act(Person.RITA, "expire", sentence)


def _use(game: Game, sentence: Sentence, deadline: int) -> None:
    """One side signed, and the other calls alone."""
    steps = game.made.template.steps(game.made.given)
    (step,) = (
        each
        for each in steps
        if (each.tranche, each.performer_bps, each.deadline)
        == (sentence.tranche, sentence.performer_bps, deadline)
    )
    tranche = game.made.pieces[step.tranche].tranche
    signer = game.made.seats.index(step.role)
    signature = game.sign(PEOPLE[signer], sentence, deadline)
    by_performer = signer == tranche.performer
    caller = PEOPLE[tranche.checker if by_performer else tranche.performer]
    signatures = (signature, NOBODY) if by_performer else (NOBODY, signature)
    game.act(caller, "split", sentence, sentence.performer_bps, deadline, *signatures)


@pytest.fixture(params=list(all_templates()))
def game(request: pytest.FixtureRequest, market: Market, token: str) -> Game:
    return begin(market, token, request.param)


def test_every_case_pays_what_is_told(game: Game) -> None:
    assert {each.case for each in game.told} >= set(Case) - {Case.SIGNED_BEFORE}
    start = game.market.rpc("evm_snapshot")
    for sentence in game.told:
        prepare(game, sentence)
        before = game.owned(sentence)
        close(game, sentence)
        paid = [now - then for now, then in zip(game.owned(sentence), before, strict=True)]
        payout = sentence.payout
        expected = [payout.to_performer, payout.to_checker, payout.fee]
        assert paid == expected, sentence.text
        status = game.market.view("Escrow", "statusOf", game.opened.call, sentence.tranche)
        assert tuple(TrancheStatus)[status] is sentence.outcome, sentence.text
        assert game.market.rpc("evm_revert", start)
        start = game.market.rpc("evm_snapshot")


def test_a_step_lets_its_holder_close_in_every_state(market: Market, token: str) -> None:
    """Open, performed and disputed; not after its last second, and not by a stranger."""
    game = begin(market, token, "stay")
    sentence = next(each for each in game.told if each.case is Case.SIGNED_BEFORE)
    deadline = sentence.due_at
    assert deadline is not None
    host, guest = PEOPLE[0], PEOPLE[1]
    start = market.rpc("evm_snapshot")
    for deeds in ((), ("perform",), ("perform", "dispute")):
        for deed in deeds:
            game.act(host if deed == "perform" else guest, deed, sentence)
        _use(game, sentence, deadline)
        assert market.view("Escrow", "statusOf", game.opened.call, 0) == TrancheStatus.SPLIT.number
        assert market.rpc("evm_revert", start)
        start = market.rpc("evm_snapshot")
    signature = game.sign(host, sentence, deadline)
    with pytest.raises(AssertionError, match="split reverted"):
        game.act(Person.RITA, "split", sentence, 0, deadline, signature, NOBODY)
    market.wait_until(deadline + 1)
    with pytest.raises(AssertionError, match="split reverted"):
        _use(game, sentence, deadline)


def test_a_code_is_of_one_fill_and_one_tranche(market: Market, token: str) -> None:
    """The buyer's signature for the courier's pay does not close the price."""
    game = begin(market, token, "delivery")
    sentence = next(
        each for each in game.told if each.case is Case.SIGNED_BEFORE and each.tranche == 1
    )
    assert sentence.performer_bps == BPS
    assert sentence.due_at is not None
    code = game.sign(PEOPLE[1], sentence, sentence.due_at)
    other = replace(sentence, tranche=0)
    with pytest.raises(AssertionError, match="split reverted"):
        game.act(PEOPLE[0], "split", other, BPS, sentence.due_at, NOBODY, code)
    game.act(PEOPLE[2], "split", sentence, BPS, sentence.due_at, NOBODY, code)
