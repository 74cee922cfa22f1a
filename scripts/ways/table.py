"""The ways of trading, one per template: what is agreed on, and how it ends well and badly.

A template without a plot here is played by its example.
"""

from __future__ import annotations

from backend.terms.handover_code import hash_of
from backend.terms.templates import all_templates
from scripts.people import Person
from scripts.ways.plain import plain_way
from scripts.ways.plot import ANYONE, Begin, Ending, Move, Settle, Unlock, Use, Way

HOUR, DAY = 3_600, 86_400
TUSD = 10**6
ALL = 10_000  # basis points
CODE = "7K3M-9QXA-2TVB-CD4F"  # which the buyer keeps until the courier is at the door

GOODS = Way(
    "goods",
    {"title": "A brass lamp", "price": str(120 * TUSD), "quantity": 2},
    {"seller": Person.ALICE, "buyer": Person.BOB},
    "buyer",
    Ending(
        "sent, and it has come",
        (Move("seller", "perform"), Move("buyer", "accept")),
    ),
    Ending("never sent", (Move(ANYONE, "expire"),)),
)
DIGITAL = Way(
    "digital",
    {
        "title": "A typeface",
        "price": str(25 * TUSD),
        "contentHash": "0x" + "5f" * 32,
        "quantity": 2,
    },
    {"seller": Person.ALICE, "buyer": Person.CAROL},
    "buyer",
    Ending(
        "sent at once; the buyer says nothing",
        (Move("seller", "perform"), Move("seller", "expire")),
    ),
    Ending(
        "half the glyphs are missing; they agree on 40 %",
        (Move("seller", "perform"), Move("buyer", "dispute"), Settle("buyer", 4_000)),
    ),
)
GIG = Way(
    "gig",
    {
        "title": "A logo",
        "milestones": [
            {"title": "three drafts", "pay": str(150 * TUSD), "dueIn": 5 * DAY},
            {"title": "the files", "pay": str(350 * TUSD), "dueIn": 12 * DAY},
        ],
        "revisions": 2,
        "quantity": 2,
    },
    {"worker": Person.ALICE, "client": Person.ERIN},
    "client",
    Ending(
        "the drafts are accepted; a revision of the files costs time: a split of 90 %",
        (
            Move("worker", "perform", 0),
            Move("client", "accept", 0),
            Move("worker", "perform", 1),
            Settle("client", 9_000, 1),
        ),
    ),
    Ending(
        "the drafts are accepted, the files never come",
        (
            Move("worker", "perform", 0),
            Move("client", "accept", 0),
            Move("client", "expire", 1),
        ),
    ),
)
STAY = Way(
    "stay",
    {
        "title": "A loft by the river",
        "checkIn": 20 * DAY,
        "nights": 3,
        "pricePerNight": str(100 * TUSD),
        "cleaningFee": str(30 * TUSD),
        "deposit": str(200 * TUSD),
        "cancellation": [
            {"until": 7 * DAY, "keptBps": 0},
            {"until": 2 * DAY, "keptBps": 5_000},
        ],
    },
    {"host": Person.ALICE, "guest": Person.DAVE},
    "guest",
    Ending(
        "the guest stays and leaves it in order",
        (
            Begin(),
            Move("host", "perform", 0),
            Move("guest", "accept", 0),
            Move("guest", "perform", 1),
            Move("host", "accept", 1),
        ),
    ),
    Ending(
        "called off within the second step: half",
        (Use("guest", 5_000, 0), Move("host", "accept", 1)),
    ),
)
RENTAL = Way(
    "rental",
    {
        "title": "A van",
        "beginsAt": 2 * DAY,
        "lasts": 2 * DAY,
        "rent": str(160 * TUSD),
        "deposit": str(500 * TUSD),
        "lateFee": str(80 * TUSD),
        "condition": "0x" + "c0" * 32,
    },
    {"owner": Person.ALICE, "renter": Person.BOB},
    "renter",
    Ending(
        "returned whole and in time",
        (
            Begin(),
            Move("owner", "perform", 0),
            Move("renter", "accept", 0),
            Move("renter", "perform", 1),
            Move("renter", "perform", 2),
            Move("owner", "accept", 1),
            Move("owner", "accept", 2),
        ),
    ),
    Ending(
        "returned late and with a dent: the pledge is lost, of the deposit 70 % come back",
        (
            Begin(),
            Move("owner", "perform", 0),
            Move("renter", "accept", 0),
            Move("owner", "expire", 2),
            Move("renter", "perform", 1),
            Move("owner", "dispute", 1),
            Settle("owner", 7_000, 1),
        ),
    ),
)
RIDE = Way(
    "ride",
    {
        "title": "From the station to the fair",
        "fare": str(30 * TUSD),
        "pickupAt": 3 * HOUR,
        "driverBond": str(10 * TUSD),
        "riderBond": str(5 * TUSD),
    },
    {"driver": Person.ALICE, "rider": Person.CAROL},
    "rider",
    Ending(
        "both are there, and the rider confirms the ride",
        (
            Begin(),
            Move("driver", "perform", 1),
            Move("rider", "perform", 2),
            Move("rider", "accept", 1),
            Move("driver", "accept", 2),
            Move("driver", "perform", 0),
            Move("rider", "accept", 0),
        ),
    ),
    Ending(
        "the rider does not turn up and loses the bond",
        (
            Begin(),
            Move("driver", "perform", 1),
            Move("driver", "refund", 0),
            Move("driver", "expire", 2),
            Move("driver", "expire", 1),
        ),
    ),
)
GUIDE = Way(
    "guide",
    {
        "title": "An evening in the old town",
        "beginsAt": DAY,
        "paidBy": "sponsor",
        "pay": str(90 * TUSD),
        "guideBond": str(20 * TUSD),
        "guestBond": str(20 * TUSD),
    },
    {"guide": Person.ALICE, "guest": Person.DAVE, "sponsor": Person.ERIN},
    "guest",
    Ending(
        "the sponsor pays for the evening",
        (
            Begin(),
            Move("guide", "perform", 1),
            Move("guest", "perform", 2),
            Move("guest", "accept", 1),
            Move("guide", "accept", 2),
            Move("guide", "perform", 0),
            Move("sponsor", "accept", 0),
        ),
    ),
    Ending(
        "the guide does not turn up: the guest gets the bond, the sponsor its money",
        (
            Begin(),
            Move("guest", "perform", 2),
            Move("guest", "expire", 1),
            Move("sponsor", "expire", 0),
            Move("guest", "expire", 2),
        ),
    ),
)
DELIVERY = Way(
    "delivery",
    {
        "title": "A lamp, brought today",
        "price": str(120 * TUSD),
        "courierPay": str(10 * TUSD),
        "courierBond": str(100 * TUSD),
        "blockAt": DAY,
        "code": "0x" + hash_of(CODE).hex(),
    },
    {"seller": Person.ALICE, "buyer": Person.BOB, "courier": Person.CAROL},
    "courier",
    Ending(
        "the code is shown at the door",
        (
            Begin(),
            Use("courier", ALL, 1),
            Use("seller", ALL, 0),
            Move("courier", "perform", 2),
            Move("seller", "accept", 2),
        ),
    ),
    Ending(
        "the lamp does not arrive: the buyer gets everything back, the seller the bond",
        (
            Move("buyer", "expire", 0),
            Move("buyer", "expire", 1),
            Move("seller", "expire", 2),
        ),
    ),
)
CAMPAIGN = Way(
    "campaign",
    {
        "title": "Count the trees of the town",
        "role": "counter",
        "reward": str(40 * TUSD),
        "rewards": 50,
        "bond": str(5 * TUSD),
        "slot": 2 * DAY,
        "dueIn": 7 * DAY,
    },
    {"sponsor": Person.ERIN, "contributor": Person.DAVE},
    "contributor",
    Ending(
        "the work is done",
        (
            Begin(),
            Move("contributor", "perform", 0),
            Move("contributor", "perform", 1),
            Move("sponsor", "accept", 0),
            Move("sponsor", "accept", 1),
            Unlock("sponsor"),
        ),
    ),
    Ending(
        "the contributor does nothing and loses the bond",
        (Move("sponsor", "expire", 0), Move("sponsor", "expire", 1), Unlock(ANYONE)),
    ),
)
PLOTS = (GOODS, DIGITAL, GIG, STAY, RENTAL, RIDE, GUIDE, DELIVERY, CAMPAIGN)
_WRITTEN = {way.name: way for way in PLOTS}
WAYS = tuple(_WRITTEN.get(name) or plain_way(one) for name, one in all_templates().items())


def way_of(name: str) -> Way:
    """The way of this template."""
    return next(way for way in WAYS if way.name == name)
