"""One trade of each template to a happy and one to an unhappy end, over the API, with wallets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from scripts.check_deployment import Finding
from scripts.local.service import Service
from scripts.local.stall import PEOPLE, traders_of
from scripts.people import Person
from scripts.story import Stage
from scripts.story.money import amount, points
from scripts.ways import WAYS, Played, play_all

PLOTS = [(way, ending) for way in WAYS for ending in (way.happy, way.unhappy)]
STEPS = len(PLOTS) + 1


@dataclass(frozen=True, slots=True)
class Season:
    """All that was played. `earned` is points (base units) by trade and account; `gained` is what
    everybody's balance of the token became more or less (base units)."""

    symbol: str
    played: list[Played]
    earned: Mapping[tuple[str, str], int]
    gained: Mapping[Person, int]

    @property
    def trades(self) -> dict[str, str]:
        """The ids of the trades, by a name to print."""
        return {f"{one.way.name}, {one.ending.words}": one.bargain.trade_id for one in self.played}


def play_ways(stage: Stage, service: Service, advance: Callable[[str], None]) -> Season:
    """Raises ApiError, and Refused if the chain does not do what the plot says."""
    traders = traders_of(stage, service)
    before = {who: traders.balance(who) for who in PEOPLE}
    played = play_all(traders, PLOTS, advance)
    gained = {who: traders.balance(who) - before[who] for who in PEOPLE}
    bargains = [one.bargain for one in played]
    traders.wait_until(max(one.starts_at for one in bargains))
    earned = traders.claim(bargains)
    advance("reputation is claimed")
    traders.api.catch_up()
    symbol = next(iter(stage.deployment.tokens))
    return Season(symbol, played, earned, gained)


def ways_table(stage: Stage, season: Season) -> Table:
    """Template, end, gas of each side, what each got out beyond what it put in, points earned."""
    table = Table(title="Every way of trading", title_justify="left", row_styles=("", "dim"))
    for head in ("template", "how it ends", "gas of each side", "won or lost", "points earned"):
        table.add_column(head, overflow="fold")
    asset = stage.asset(season.symbol)
    for one in season.played:
        gas = "\n".join(f"{role} {paid:,}" for role, paid in one.gas.items() if paid)
        put_in, got = one.paid_in, one.paid_out
        won = [
            f"{role} {_signed(stage, asset, sum_ - put_in.get(role, 0))}"
            for role, sum_ in got.items()
            if sum_ != put_in.get(role, 0)
        ]
        earned = [
            f"{role} {points(sum_)}"
            for role, who in one.way.cast.items()
            if (sum_ := season.earned.get((one.bargain.trade_id, who.address)))
        ]
        texts = (one.way.name, one.ending.words, gas, "\n".join(won), "\n".join(earned))
        table.add_row(*map(Text, texts))
    return table


def compare_ways(season: Season) -> Iterator[Finding]:
    """What the API says came out, held against the sentences before signing and all balances."""
    for one, name in zip(season.played, season.trades, strict=True):
        sentences = one.bargain.listed.terms["sentences"]
        for tranche in one.told["tranches"]:
            payout = tranche["payout"]
            sums = [payout[key]["value"] for key in ("toPerformer", "toChecker", "fee")]
            told = {
                each["text"]
                for each in sentences
                if each["tranche"] == tranche["index"]
                and each["outcome"] == tranche["status"]
                and [each[key] for key in ("toPerformer", "toChecker", "fee")] == sums
            }
            if payout["performerBps"] in (0, 10_000) or tranche["status"] != "split":
                what = f"{name}, tranche {tranche['index']}: a sentence told of it"
                yield Finding(what, True, bool(told))
    for who, gained in season.gained.items():
        told_of = sum(
            one.paid_out[role] - one.paid_in[role]
            for one in season.played
            for role, person in one.way.cast.items()
            if person is who
        )
        yield Finding(f"{who.title}: {season.symbol} won or lost in all of them", gained, told_of)


def _signed(stage: Stage, asset: str, base_units: int) -> str:
    return ("+" if base_units > 0 else "-") + amount(stage, asset, abs(base_units))
