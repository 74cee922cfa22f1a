"""An offer goes the way of the service: signed, posted, listed, and taken as the API says."""

from collections.abc import Iterator

from scripts.check_deployment import Finding
from scripts.local.inbox import post_offer
from scripts.local.service import Service
from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story import Stage
from scripts.story.trading import sign_sale

HELMET, FEE = 2 * 10**16, 250  # base units; bps


def post_and_compare(stage: Stage, service: Service) -> Iterator[Finding]:
    """Alice posts an offer; Dave takes it with nothing but the API's answer."""
    sign_sale(
        stage,
        "helmet",
        Person.ALICE,
        text="a helmet",
        symbol="ETH",
        price=HELMET,
        kind=GOODS,
        max_fee_bps=FEE,
    )
    offer = stage.offers["helmet"].offer
    escrow = stage.deployment.escrow
    posted = post_offer(stage, service, stage.offers["helmet"])
    yield Finding("posted offer: hash", str(escrow.hashOffer(offer.pack())), posted["hash"])

    listed = [told["hash"] for told in service.get("/offers")["items"]]
    yield Finding("posted offer: is listed", True, posted["hash"] in listed)

    words, taking = posted["argument"], posted["taking"][0]
    argument = (
        words["asset"],
        words["parties"],
        [int(word) for word in words["tranches"]],
        words["contentHash"],
        int(words["conditions"]),
    )
    signatures, value = taking["signatures"], int(taking["value"])
    receipt = stage.send(Person.DAVE, escrow.openTrade, argument, 0, signatures, value=value)
    opened = stage.note_trade("helmet", offer, receipt)
    service.wait_for_head()
    told = service.get(f"/trades/0x{opened.trade_id.hex()}")
    _, (state,) = escrow.tranchesOf(opened.calldata)
    yield Finding("taken offer: status", "open" if state[0] == 1 else state, told["status"])
    _, due_at, *_ = escrow.nextDefault(opened.calldata)[0]
    yield Finding("taken offer: next default", int(due_at), told["nextDefault"]["dueAt"])
    left = [told["hash"] for told in service.get("/offers")["items"]]
    yield Finding("taken offer: is gone", False, posted["hash"] in left)
