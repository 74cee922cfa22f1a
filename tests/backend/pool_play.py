"""The pool of jurors and the seeds, with all that whole cases leave out."""

from __future__ import annotations

from collections.abc import Sequence

from eth_utils.crypto import keccak

from scripts.people import JURORS, Person
from tests.backend.court import COIN, person_of
from tests.backend.market import Market

RITA = Person.RITA
LOST = 257  # blocks after which a hash is no longer to be had


def play_pool(market: Market) -> None:
    """Stake that comes and goes, a payee that takes no coin, and seeds that not everybody gave."""
    play_stakes(market)
    play_seeds(market)


def play_stakes(market: Market) -> None:
    """One leaves with a part, one opts out and in again, and one cannot be paid."""
    first, second = JURORS[:2]
    book = market.deployment.address("RuleBook")
    market.send(book, "JurorPool", "stake", COIN, value=COIN)
    market.send(book, "JurorPool", "requestLeave", COIN // 2)
    market.send(first, "JurorPool", "requestLeave", COIN)
    market.send(first, "JurorPool", "requestLeave", 0)
    market.send(first, "JurorPool", "stake", COIN // 2, value=COIN // 2)
    market.send(first, "JurorPool", "requestLeave", COIN // 2)
    market.send(second, "JurorPool", "setDrawable", False)
    market.send(second, "JurorPool", "refresh", second.address)
    market.send(second, "JurorPool", "setDrawable", True)
    market.wait_until(market.now + int(market.view("JurorPool", "leaveDelay")))
    market.send(first, "JurorPool", "withdraw")
    market.send(book, "JurorPool", "withdraw")
    assert market.view("JurorPool", "creditOf", book) == COIN // 2


def play_seeds(market: Market) -> None:
    """One giver of three commits, two of three reveal, and nobody commits while a hash is lost."""
    number = request_seed(market)
    commit_secrets(market, number, [1])
    close_seed(market, number)
    wait_for_target(market)
    market.send(RITA, "BondedSeed", "mix", number)
    reveal_secrets(market, number, [1])

    number = request_seed(market)
    commit_secrets(market, number, [0, 1, 2])
    request_seed(market)
    number = market.view("BondedSeed", "currentRound") - 1
    wait_for_target(market)
    reveal_secrets(market, number, [0, 2])
    finish_seed(market, number)
    treasury = market.deployment.address("MarketTimelock")
    market.send(RITA, "JurorPool", "withdrawCredit", treasury, treasury)

    number = market.view("BondedSeed", "currentRound")
    close_seed(market, number)
    market.mine(LOST + 1)
    market.send(RITA, "BondedSeed", "mix", number)
    finish_seed(market, number)
    assert market.view("BondedSeed", "seedOf", number)


def play_under_way(market: Market) -> None:
    """A seed that one of its givers committed to, and a juror about to leave."""
    commit_secrets(market, market.view("BondedSeed", "currentRound"), [0])
    last = JURORS[-1]
    market.send(last, "JurorPool", "setDrawable", False)
    market.send(last, "JurorPool", "requestLeave", COIN // 4)


def request_seed(market: Market) -> int:
    """As the Court would for a case; the round."""
    market.send(market.deployment.address("Court"), "BondedSeed", "request")
    return int(market.view("BondedSeed", "currentRound"))


def givers_of(market: Market, number: int) -> list[Person | str]:
    return [person_of(giver) for giver in market.view("BondedSeed", "roundOf", number)[-1]]


def secret_of(number: int, seat: int) -> bytes:
    return keccak(text=f"secret {seat} of {number}")


def commit_secrets(market: Market, number: int, seats: Sequence[int]) -> None:
    for seat in seats:
        giver = givers_of(market, number)[seat]
        address = giver.address if isinstance(giver, Person) else giver
        made = market.view("BondedSeed", "commitmentOf", number, address, secret_of(number, seat))
        market.send(giver, "BondedSeed", "commit", number, seat, bytes.fromhex(made[2:]))


def reveal_secrets(market: Market, number: int, seats: Sequence[int]) -> None:
    for seat in seats:
        giver = givers_of(market, number)[seat]
        market.send(giver, "BondedSeed", "reveal", number, seat, secret_of(number, seat))


def deadline_of(market: Market, number: int) -> int:
    return int(market.view("BondedSeed", "roundOf", number)[1])


def wait_for_target(market: Market) -> None:
    """Secrets can be shown now."""
    market.mine(1 + market.view("BondedSeed", "depth"))


def close_seed(market: Market, number: int) -> None:
    wait_past_deadline(market, number)
    market.send(RITA, "BondedSeed", "close", number)


def finish_seed(market: Market, number: int) -> None:
    """Whoever has not revealed by now is silent."""
    market.mine(1 + market.view("BondedSeed", "depth"))
    wait_past_deadline(market, number)
    market.send(RITA, "BondedSeed", "finish", number)


def wait_past_deadline(market: Market, number: int) -> None:
    if market.now <= deadline_of(market, number):
        market.wait_until(deadline_of(market, number) + 1)
