"""What each way of trading costs its people: to open it, and each side's further calls."""

from __future__ import annotations

import json
from collections import Counter

from backend.terms.offer import Trade
from backend.terms.plain.draft import Deal, Draft, draft
from backend.terms.typed_data import id_of, signable_split
from scripts.people import Person
from scripts.ways.plot import Begin, Ending, Move, Settle, Unlock, Use, Way
from scripts.ways.table import WAYS
from tests.gas.chain import WayCost
from tests.gas.market import CHAIN_ID, DAY, Market

TRADERS = (Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN)
MUCH = 10**30
STRANGER = "frank"
MAX_FEE = 300  # bps


def measure_ways(market: Market) -> None:
    """Every way to both of its ends, in a token, all of it new but the people."""
    chain, token = market.chain, market.token
    for who in TRADERS:
        chain.send("deployer", token.functions.mint(who.address, MUCH))
        chain.send(_name(who), token.functions.approve(market.escrow.address, MUCH))
    for way in WAYS:
        for what, ending in (("happy end", way.happy), ("unhappy end", way.unhappy)):
            _play(market, way, ending, what)


def _play(market: Market, way: Way, ending: Ending, what: str) -> None:
    chain = market.chain
    made = _draft(market, way)
    makers = [_name(who) for role, who in way.cast.items() if role != way.taker]
    lock_cost = _lock(market, way, made) if made.budget else None
    trade = market.open(made.offer, makers, _name(way.cast[way.taker]))
    if what == "happy end":
        if lock_cost is not None:
            chain.ways.append(lock_cost)
        chain.ways.append(WayCost(way.name, "open", way.taker, 1, chain.sent[-1][1].total))
    gas: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for deed in ending.deeds:
        if isinstance(deed, Begin):
            _wait_until(market, made.offer.listing.starts_at)
            continue
        if isinstance(deed, Unlock):
            call = market.escrow.functions.unlockBudget(made.offer.pack())
            chain.send(_name(way.cast[deed.who]) if deed.who in way.cast else STRANGER, call)
        else:
            _do(market, way, made, trade, deed)
        gas[deed.who] += chain.sent[-1][1].total
        times[deed.who] += 1
    for role in sorted(gas):
        chain.ways.append(WayCost(way.name, what, role, times[role], gas[role]))


def _lock(market: Market, way: Way, made: Draft) -> WayCost:
    """The sponsor pays in what all fills take."""
    call = market.escrow.functions.lockBudget(made.offer.pack(), made.offer.listing.fills)
    market.chain.send(_name(way.cast["sponsor"]), call)
    return WayCost(way.name, "open", "sponsor", 1, market.chain.sent[-1][1].total)


def _draft(market: Market, way: Way) -> Draft:
    market.offers += 1
    template, now = way.template, market.chain.now
    given = template.input.model_validate_json(json.dumps(way.input_at(now)))
    parties = {role: None if role == way.taker else who.address for role, who in way.cast.items()}
    deal = Deal(
        asset=market.token.address,
        parties=parties,
        max_fee_bps=MAX_FEE,
        created_at=now,
        salt=market.offers,
    )
    return draft(template, given, deal)


def _do(market: Market, way: Way, made: Draft, trade: Trade, deed: Move | Settle | Use) -> None:
    chain, functions = market.chain, market.escrow.functions
    who = _name(way.cast[deed.who]) if deed.who in way.cast else STRANGER
    if isinstance(deed, Move):
        if deed.does == "expire":
            _, due_at, *_ = functions.nextDefault(trade.pack()).call()[deed.tranche]
            _wait_until(market, due_at + 1)
        market.do(deed.does, trade, who, deed.tranche)
        return
    deadline, signers = _signers(market, made, deed)
    message = signable_split(
        CHAIN_ID, market.escrow.address, id_of(trade), deed.tranche, deed.performer_bps, deadline
    )
    signed = [
        chain.sign(_name(way.cast[role]), message) if role in signers else b""
        for role in _sides(made, deed.tranche)
    ]
    terms = (trade.pack(), deed.tranche, deed.performer_bps, deadline)
    chain.send(who, functions.split(*terms, *signed))


def _signers(market: Market, made: Draft, deed: Settle | Use) -> tuple[int, tuple[str, ...]]:
    """The deadline and the roles that signed: both now, or one of them beforehand."""
    if isinstance(deed, Settle):
        return market.chain.now + DAY, _sides(made, deed.tranche)
    wanted = (deed.tranche, deed.performer_bps)
    steps = made.template.steps(made.given)
    step = next(one for one in steps if (one.tranche, one.performer_bps) == wanted)
    return step.deadline, (step.role,)


def _sides(made: Draft, tranche: int) -> tuple[str, str]:
    terms = made.pieces[tranche].tranche
    return made.seats[terms.performer], made.seats[terms.checker]


def _wait_until(market: Market, moment: int) -> None:
    market.chain.wait(max(0, moment - market.chain.now))


def _name(who: Person) -> str:
    return who.name.lower()
