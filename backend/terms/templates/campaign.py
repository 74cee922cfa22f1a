"""Campaign: a sponsor locks equal rewards, and whoever takes one does one piece of the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.offer import Tranche
from backend.terms.plain.fields import (
    DAY,
    HOUR,
    MAX_FILLS,
    Described,
    Line,
    Whole,
    amount,
    count,
    period,
    said,
    time,
)
from backend.terms.plain.template import Phrases, Piece, Seen, Template

SPONSOR, CONTRIBUTOR = 0, 1


class Campaign(Described):
    """Equal rewards for equal work. Each role and each slot is an offer of its own, under the
    same title."""

    role: Line = said("What the contributor is in it: caller, driver, host.")
    reward: Whole = amount("What each contributor is paid.")
    rewards: int = count(
        "How many rewards there are: the budget is their sum.", least=1, most=MAX_FILLS
    )
    bond: Whole = amount(
        "What each contributor puts in, and gets back for doing the work; zero: nothing.",
        least=0,
        default=0,
    )
    slot: int | None = time(
        "When the slot begins that is booked; none: when the reward is taken.", default=None
    )
    due_in: int = period("How long the contributor has from then on.", least=HOUR)
    review_period: int = period(
        "How long the sponsor has to look at it.", least=HOUR, most=90 * DAY, default=7 * DAY
    )


class CampaignTemplate(Template[Campaign]):
    name = "campaign"
    kind = 9
    summary = "Many equal rewards of one sponsor for equal pieces of work."
    after = ("peer armies",)
    roles: ClassVar[Mapping[str, str]] = {
        "sponsor": "Pays the rewards, and looks at the work.",
        "contributor": "Does one piece of the work and is paid.",
    }
    input = Campaign
    example: ClassVar[Mapping[str, Any]] = {
        "title": "Count the trees of the town",
        "role": "counter",
        "reward": "40000000",
        "rewards": 50,
        "bond": "5000000",
        "dueIn": 7 * DAY,
    }
    notes = (
        (
            "The sponsor locks the whole budget before the first reward is taken; every reward"
            " comes out of it. What nobody takes goes back to the sponsor, once none can be taken"
            " any more: when the offer has ended, or its slot has begun."
        ),
        (
            "Every role and every slot is an offer of its own; those of one sponsor under one "
            "title are one campaign."
        ),
    )
    budget = True

    def pieces(self, given: Campaign) -> tuple[Piece, ...]:
        periods = (given.due_in, given.review_period)
        reward = Tranche(SPONSOR, CONTRIBUTOR, SPONSOR, given.reward, *periods)
        found = [
            Piece(reward, Phrases("the reward", "do the work", "the work is done", "accepts it"))
        ]
        if given.bond:
            bond = Tranche(CONTRIBUTOR, CONTRIBUTOR, SPONSOR, given.bond, *periods)
            phrases = Phrases(
                what="the bond",
                perform="report the work for the bond",
                performed="the bond is due",
                accepts="gives the bond back",
            )
            found.append(Piece(bond, phrases))
        return tuple(found)

    def fills(self, given: Campaign) -> int:
        return given.rewards

    def starts_at(self, given: Campaign) -> int:
        return given.slot or 0

    def read(self, seen: Seen) -> dict[str, Any]:
        reward, *bonds = seen.tranches
        return {
            "reward": reward.amount,
            "rewards": seen.fills,
            "bond": bonds[0].amount if bonds else 0,
            "slot": seen.starts_at or None,
            "due_in": reward.due_in,
            "review_period": reward.review_period,
        }


TEMPLATE = CampaignTemplate()
