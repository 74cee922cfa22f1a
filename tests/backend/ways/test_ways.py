"""Every way of trading, to its happy and its unhappy end, through the API and wallets."""

from __future__ import annotations

import pytest

from backend.terms.templates import all_templates
from scripts.ways import WAYS, Ending, Settle, Traders, Way, play, way_of
from scripts.ways.plain import plain_way

ENDS = [(way, end) for way in WAYS for end in (way.happy, way.unhappy)]
SUMS = ("toPerformer", "toChecker", "fee")
NAMES = [f"{way.name}, {end.words}" for way, end in ENDS]


def test_every_template_has_a_way() -> None:
    assert [way.name for way in WAYS] == list(all_templates())
    for way in WAYS:
        assert way_of(way.name) is way


@pytest.mark.parametrize("name", ["stay", "guide"])
def test_a_template_without_a_plot_is_played_by_its_example(traders: Traders, name: str) -> None:
    way = plain_way(all_templates()[name])
    statuses = [
        {tranche["status"] for tranche in play(traders, way, ending).told["tranches"]}
        for ending in (way.happy, way.unhappy)
    ]
    assert statuses == [{"accepted"}, {"missed"}]


@pytest.mark.parametrize(("way", "ending"), ENDS, ids=NAMES)
def test_it_ends_as_one_of_its_sentences_tells(traders: Traders, way: Way, ending: Ending) -> None:
    """And everybody has exactly what was paid in and out of its tranches."""
    people = list(way.cast.values())
    before = [traders.balance(who) for who in people]
    played = play(traders, way, ending)
    splits = {deed.tranche: deed.performer_bps for deed in ending.deeds if isinstance(deed, Settle)}
    sentences = played.bargain.listed.terms["sentences"]
    for tranche in played.told["tranches"]:
        assert tranche["nextDefault"] is None
        index, payout = tranche["index"], tranche["payout"]
        if index in splits:
            assert (tranche["status"], payout["performerBps"]) == ("split", splits[index])
            continue
        told = [
            [each[key] for key in ("outcome", *SUMS)]
            for each in sentences
            if each["tranche"] == index
        ]
        assert [tranche["status"], *(payout[key]["value"] for key in SUMS)] in told
    after = [traders.balance(who) for who in people]
    gained = [played.paid_out[role] - played.paid_in[role] for role in way.cast]
    assert [now - then for now, then in zip(after, before, strict=True)] == gained
    assert sum(gained) == -played.paid_out["fee"]
