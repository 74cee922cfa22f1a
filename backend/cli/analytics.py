"""`commonhold analytics`: what happened in the market, as a table or as a file."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer
from rich.table import Table

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, DeploymentFile, explained, out, say
from backend.settings import Settings
from backend.terms.plain.money import Money

Json = Mapping[str, Any]

COLUMNS = ("period", "measure", "name", "asset", "value")
SUMS = ("opened", "volume", "paid", "returned", "fees", "spent")


class By(StrEnum):
    DAY = "day"
    VERSION = "version"


def _day(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=datetime.UTC)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; give one such as 2026-03-31") from None


@explained
def analytics(
    since: Annotated[
        datetime.datetime | None,
        typer.Option("--from", parser=_day, metavar="DATE", help="First day, of UTC."),
    ] = None,
    until: Annotated[
        datetime.datetime | None,
        typer.Option("--to", parser=_day, metavar="DATE", help="Last day."),
    ] = None,
    by: Annotated[By, typer.Option(help="Days, or versions of the rules.")] = By.DAY,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write CSV, a figure a line.")
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FILE", help="The same as Parquet.")
    ] = None,
    api_url: ApiUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Show volume, fees, trades, disputes, turnout and the treasury.

    The last 90 days if no --from is given. Files have a figure a line: period, measure, name (a
    kind, an outcome, a decision), asset, value; amounts in base units, shares in basis points,
    times in seconds.
    """
    query: dict[str, Any] = {"by": by.value}
    if since is not None:
        query["since"] = int(since.timestamp())
    if until is not None:
        query["until"] = int(until.timestamp()) + 86_400
    found = Api(api_url, Settings.read(deployment=deployment)).get(f"/analytics?{urlencode(query)}")
    lines = list(figures(found))
    if csv_file is not None:
        _write(csv_file, lambda file: _to_csv(file, lines))
    if parquet is not None:
        _write(parquet, lambda file: _to_parquet(file, lines))
    if csv_file is None and parquet is None:
        _show(found)
    else:
        say(f"{len(lines)} figures of {len(found['items'])} periods were written.")


def figures(found: Json) -> Iterator[tuple[str, str, str, str, str]]:
    """An answer of the API, a figure each, in the order of `COLUMNS`."""
    for one in found["items"]:
        for measure, name, asset, value in _figures(one):
            yield one["period"], measure, name, asset, str(value)
    for name, value in found["concentration"].items():
        yield "now", "concentration", name, "", str(value)
    for name in ("earned", "owed", "spent"):
        for amount in found["treasury"][name]:
            yield "all", "treasury", name, amount["asset"], amount["value"]


def _figures(one: Json) -> Iterator[tuple[str, str, str, object]]:
    for name in ("opened", "closed", "disputed", "proposals"):
        yield "count", name, "", one[name]
    for measure in ("kinds", "outcomes"):
        for each in one[measure]:
            yield measure, each["name"], "", each["count"]
    cases = one["cases"]
    yield "cases", "opened", "", cases["opened"]
    yield "cases", "closed", "", cases["closed"]
    for each in cases["decisions"]:
        yield "decisions", each["name"], "", each["count"]
    for name in ("median", "ninetieth"):
        if cases[name] is not None:
            yield "case seconds", name, "", cases[name]
    if one["turnoutBps"] is not None:
        yield "turnout", "mean", "", one["turnoutBps"]
    for money in one["money"]:
        for name in SUMS:
            yield "money", name, money["asset"], money[name]


def _write(path: Path, write: Any) -> None:
    try:
        write(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}") from None


def _to_csv(path: Path, lines: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(lines)


def _to_parquet(path: Path, lines: Sequence[tuple[str, ...]]) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise CommandError(
            "Parquet needs a library that is not installed: pip install 'commonhold[parquet]', or"
            " write --csv."
        ) from None
    columns = {name: [line[place] for line in lines] for place, name in enumerate(COLUMNS)}
    parquet.write_table(pyarrow.table(columns), path)


def _show(found: Json) -> None:
    table = Table("period", "opened", "closed", "volume", "fees", "disputes", "turnout")
    for one in found["items"]:
        turnout = one["turnoutBps"]
        table.add_row(
            one["period"],
            str(one["opened"]),
            str(one["closed"]),
            _sums(one, "volume"),
            _sums(one, "fees"),
            str(one["disputed"]),
            "" if turnout is None else f"{turnout / 100:.2f} %",
        )
    out.print(table)
    spread = found["concentration"]
    say(
        f"{spread['voters']} voters; {spread['nakamoto']} of them have more than half of the votes;"
        f" the largest has {spread['largestBps'] / 100:.2f} %."
    )
    for name in ("earned", "owed", "spent"):
        amounts = " and ".join(_shown(one, one["value"]) for one in found["treasury"][name])
        say(f"Treasury, {name}: {amounts or 'nothing'}.")


def _sums(one: Json, name: str) -> str:
    return "\n".join(_shown(money, money[name]) for money in one["money"] if money[name] != "0")


def _shown(asset: Json, value: str) -> str:
    return Money(asset["symbol"], asset["decimals"]).show(int(value))
