"""Offers and trades: sign, take, perform, accept, expire, split."""

from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Terms, Tranche
from scripts.people import Person
from scripts.story.money import amount, percent
from scripts.story.signing import sign_offer, sign_permit, sign_split
from scripts.story.stage import Opened, Signed, Stage, Told

DAY = 86_400
BUYER, SELLER = 0, 1  # places among the parties; the buyer's is open
HOUR = 3_600


def sign_sale(
    stage: Stage,
    name: str,
    seller: Person,
    *,
    text: str,
    symbol: str,
    price: int,
    kind: int,
    max_fee_bps: int,
    due_in: int = 3 * DAY,
    review_period: int = 2 * DAY,
    fills: int = 1,
    labels: int = 0,
    least_points: int = 0,
) -> Told:
    """The seller signs: pay `price` base units, get what the text says within `due_in` seconds."""
    offer = Offer(
        Terms(
            asset=stage.asset(symbol),
            parties=(ZERO_ADDRESS, seller.address),
            tranches=(Tranche(BUYER, SELLER, BUYER, price, due_in, review_period),),
        ),
        Listing(
            content_hash=content_hash(text),
            kind=kind,
            max_fee_bps=max_fee_bps,
            created_at=stage.now,
            expires_at=stage.now + 30 * DAY,
            fills=fills,
            salt=len(stage.offers) + 1,
            labels=labels,
            least_points=least_points,
        ),
    )
    stage.words[text] = seller
    stage.offers[name] = Signed(offer, seller, sign_offer(stage, seller, offer), text)
    price_text = amount(stage, offer.terms.asset, price)
    times = "" if fills == 1 else f", {fills} times"
    return Told(seller.title, f"offer signed: {text}, {price_text}{times}; nothing sent")


def take(stage: Stage, name: str, offer_name: str, taker: Person, fill: int = 0) -> Told:
    """The taker opens a trade and pays in coin, in one transaction."""
    signed = stage.offers[offer_name]
    (tranche,) = signed.offer.terms.tranches
    receipt = stage.send(
        taker,
        stage.deployment.escrow.openTrade,
        signed.offer.pack(),
        fill,
        [signed.signature],
        value=tranche.amount,
    )
    return _opened(stage, name, signed.offer, taker, receipt)


def take_with_permit(stage: Stage, name: str, offer_name: str, taker: Person) -> Told:
    """The taker opens a trade and pays in a token, with a signed permit: one transaction."""
    signed = stage.offers[offer_name]
    (tranche,) = signed.offer.terms.tranches
    tokens = {token.address: token for token in stage.deployment.tokens.values()}
    token = tokens[signed.offer.terms.asset]
    permit = sign_permit(stage, taker, token, tranche.amount, stage.now + HOUR)
    receipt = stage.send(
        taker,
        stage.deployment.escrow.openTradeWithPermits,
        signed.offer.pack(),
        0,
        [signed.signature],
        [permit],
    )
    return _opened(stage, name, signed.offer, taker, receipt)


def mint(stage: Stage, who: Person, symbol: str, base_units: int) -> Told:
    """Somebody helps themselves to test tokens."""
    token = stage.deployment.tokens[symbol]
    receipt = stage.send(who, token.mint, who.address, base_units)
    return Told(who.title, f"got {amount(stage, token.address, base_units)}", (receipt,))


def perform(stage: Stage, names: tuple[str, ...], who: Person) -> Told:
    """The performer has performed, in each of these trades."""
    escrow = stage.deployment.escrow
    receipts = tuple(
        stage.send(who, escrow.perform, stage.trades[name].calldata, 0) for name in names
    )
    return Told(who.title, f"{' and '.join(names)} performed; the review runs", receipts)


def dispute(stage: Stage, name: str, who: Person) -> Told:
    """The checker disputes a performance."""
    receipt = stage.send(who, stage.deployment.escrow.dispute, stage.trades[name].calldata, 0)
    return Told(who.title, f"{name} is disputed; the arbitrator may rule", (receipt,))


def accept(stage: Stage, name: str, who: Person) -> Told:
    """The checker accepts: the performer is paid."""
    opened = stage.trades[name]
    receipt = stage.send(who, stage.deployment.escrow.accept, opened.calldata, 0)
    return Told(who.title, f"{name} accepted: {_paid(stage, opened)}", (receipt,))


def expire(stage: Stage, name: str, who: Person) -> Told:
    """Anyone closes a tranche whose deadline has passed in silence."""
    opened = stage.trades[name]
    receipt = stage.send(who, stage.deployment.escrow.expire, opened.calldata, 0)
    return Told(who.title, f"{name} closed: {_paid(stage, opened)}", (receipt,))


def split(
    stage: Stage, name: str, performer: Person, checker: Person, bps: int, relayer: Person
) -> Told:
    """Both sides signed what share the performer gets; anyone sends it."""
    opened = stage.trades[name]
    deadline = stage.now + DAY
    signatures = [
        sign_split(stage, side, opened, 0, bps, deadline) for side in (performer, checker)
    ]
    receipt = stage.send(
        relayer, stage.deployment.escrow.split, opened.calldata, 0, bps, deadline, *signatures
    )
    changed = f"{name} split as {performer.title} and {checker.title} signed"
    return Told(relayer.title, f"{changed}: {_paid(stage, opened)}", (receipt,))


def wait_for_default(stage: Stage, name: str) -> Told:
    """The clock moves to the first second in which anyone may close the trade."""
    (outcome,) = stage.deployment.escrow.nextDefault(stage.trades[name].calldata)
    stage.wait_until(outcome[1] + 1)
    return Told("time", f"the deadline of {name} has passed")


def _opened(stage: Stage, name: str, offer: Offer, taker: Person, receipt: object) -> Told:
    opened = stage.note_trade(name, offer, receipt)
    (tranche,) = offer.terms.tranches
    held = amount(stage, offer.terms.asset, tranche.amount)
    pin = opened.trade.pin
    return Told(
        taker.title,
        f"{name} opened: {held} in escrow, fee {percent(pin.fee_bps)} of rules {pin.rules_version}",
        (receipt,),
    )


def _paid(stage: Stage, opened: Opened) -> str:
    """Who got what, as the Escrow itself tells it."""
    _, ((_, _, _, to_performer, to_checker, fee),) = stage.deployment.escrow.tranchesOf(
        opened.calldata
    )
    asset = opened.trade.terms.asset
    names = {person.address: person.title for person in Person}
    parts = [
        f"{names[opened.trade.terms.parties[seat]]} {amount(stage, asset, paid)}"
        for seat, paid in ((SELLER, to_performer), (BUYER, to_checker))
        if paid
    ]
    return ", ".join([*parts, f"fee {amount(stage, asset, fee)}" if fee else "no fee"])
