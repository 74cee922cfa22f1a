"""What is said of people: reviews by the sides of a trade, and labels by an attestor."""

from eth_utils.crypto import keccak

from backend.terms.attestations import CLAIM_WORDS, LABELS, Attestation, Claim, attestations_domain
from backend.terms.cid import content_hash
from backend.terms.reviews import NO_CONTENT, Desk, Review, Sides
from backend.terms.signed_secret import sign_secret
from backend.terms.words import duration
from scripts.people import Person
from scripts.story import trading, voting
from scripts.story.stage import Stage, StoryError, Told

DAY = 86_400
OWN_SIGNATURE = b""  # of who sends


def commit(
    stage: Stage, name: str, author: Person, subject: Person, stars: int, words: str
) -> Told:
    """A review that nobody can read yet; its salt is made of the author's signature."""
    opened = stage.trades[name]
    review = _review(stage, name, author, subject, stars, words)
    hidden = review.commitment(_desk(stage), _salt(stage, review, author))
    receipt = stage.send(
        author, stage.deployment.reviews.commit, opened.calldata, subject.address, hidden
    )
    return Told(author.title, f"{name}: a review of {subject.title}, hidden", (receipt,))


def reveal(
    stage: Stage, name: str, author: Person, subject: Person, stars: int, words: str
) -> Told:
    """The same review is shown."""
    review = _review(stage, name, author, subject, stars, words)
    sides, salt = review.sides, _salt(stage, review, author)
    receipt = stage.send(
        author,
        stage.deployment.reviews.reveal,
        *(sides.trade_id, sides.author, sides.subject),
        *(review.rating, review.content_hash, salt),
    )
    return Told(author.title, _given(name, author, subject, stars, words), (receipt,))


def together(
    stage: Stage, name: str, first: tuple[Person, int, str], second: tuple[Person, int, str]
) -> Told:
    """The second signs over what the first has hidden; the first sends both."""
    desk = _desk(stage)
    (sender, *_), (signer, *_) = first, second
    own = _review(stage, name, sender, signer, *first[1:])
    other = _review(stage, name, signer, sender, *second[1:])
    own_salt, other_salt = _salt(stage, own, sender), _salt(stage, other, signer)
    message = other.signable(desk, own.commitment(desk, own_salt))
    signature = bytes(signer.account.sign_message(message).signature)
    receipt = stage.send(
        sender,
        stage.deployment.reviews.revealTogether,
        stage.trades[name].calldata,
        [
            (sender.address, own.rating, own.content_hash, own_salt, OWN_SIGNATURE),
            (signer.address, other.rating, other.content_hash, other_salt, signature),
        ],
    )
    said = (_given(name, sender, signer, *first[1:]), _given(name, signer, sender, *second[1:]))
    return Told(sender.title, "; ".join(said), (receipt,))


def reply(stage: Stage, name: str, author: Person, subject: Person, words: str) -> Told:
    """Who was reviewed has the last word."""
    trade_id = stage.trades[name].trade_id
    stage.words[words] = subject
    receipt = stage.send(
        subject, stage.deployment.reviews.reply, trade_id, author.address, content_hash(words)
    )
    return Told(subject.title, f'{name}: replies to {author.title}: "{words}"', (receipt,))


def wait_for_commits(stage: Stage, name: str) -> Told:
    """The clock moves past the commit window of a trade."""
    _, until, _ = stage.deployment.reviews.windowsOf(stage.trades[name].calldata)
    stage.wait_until(until + 1)
    return Told("time", f"{name}: nobody can commit to a review any more")


def propose_attestor(
    stage: Stage, who: Person, attestor: Person, claims: tuple[Claim, ...]
) -> Told:
    """A proposal of one call for each claim."""
    attestations = stage.deployment.attestations
    names = " and ".join(CLAIM_WORDS[claim] for claim in claims)
    calls = [
        (attestations.address, attestations.setAttestor.encode_input(attestor.address, claim, True))
        for claim in claims
    ]
    return voting.propose_calls(stage, who, f"Let {attestor.title} attest: {names}", calls)


def execute(stage: Stage, who: Person) -> Told:
    """Anyone executes what was queued."""
    market = stage.deployment
    receipt = stage.send(who, market.governor.execute, *stage.proposal["action"])
    told = stage.logs(market.attestations, "AttestorSet", receipt)
    names = {person.address: person.title for person in Person}
    parts = [f"{names[log['attestor']]} may attest {CLAIM_WORDS[log['claim']]}" for log in told]
    return Told(who.title, "; ".join(parts), (receipt,))


def attest(stage: Stage, attestor: Person, who: Person, claim: Claim, value: int = 1) -> Told:
    """In a transaction of the attestor's own."""
    attestations = stage.deployment.attestations
    said = Attestation(claim, who.address, stage.now + 90 * DAY, value)
    receipt = stage.send(attestor, attestations.attest, said.pack())
    return Told(attestor.title, _labelled(stage, who), (receipt,))


def bring(stage: Stage, attestor: Person, who: Person, claim: Claim, value: int = 1) -> Told:
    """The attestor signs; whom it is about sends it."""
    attestations = stage.deployment.attestations
    said = Attestation(claim, who.address, stage.now + 90 * DAY, value)
    domain = attestations_domain(stage.deployment.chain_id, attestations.address)
    key = int.from_bytes(keccak(text=f"{who.name} {claim.name}")[:24], "big")
    nonce = attestations.nonces["address,uint192"](attestor.address, key)
    deadline = stage.now + DAY
    message = said.signable(domain, attestor.address, nonce, deadline)
    signature = bytes(attestor.account.sign_message(message).signature)
    receipt = stage.send(
        who,
        attestations.attestBySignature,
        *(said.pack(), attestor.address, nonce, deadline, signature),
    )
    return Told(who.title, f"{attestor.title} signed: {_labelled(stage, who)}", (receipt,))


def is_refused(stage: Stage, name: str, offer_name: str, taker: Person, why: str) -> Told:
    """The taker has not what the offer asks for: its opening would revert with this error."""
    try:
        trading.take(stage, name, offer_name, taker)
    except StoryError as refused:
        if why not in str(refused):
            raise
        listing = stage.offers[offer_name].offer.listing
        return Told(taker.title, f"{offer_name} asks for {_asked(listing.labels)}: refused")
    raise StoryError(f"{taker.title} took {offer_name}, which asks for more")


def _asked(labels: int) -> str:
    return ", ".join(f"`{word}`" for number, word in enumerate(LABELS) if labels >> number & 1)


def _labelled(stage: Stage, who: Person) -> str:
    labels = stage.deployment.attestations.labelsOf(who.address)
    return f"{who.title} has {_asked(labels)} for {duration(90 * DAY)}"


def _given(name: str, author: Person, subject: Person, stars: int, words: str) -> str:
    said = f': "{words}"' if words else ", without words"
    plural = "s" * (stars != 1)
    return f"{name}: {author.title} gives {subject.title} {stars} star{plural}{said}"


def _review(
    stage: Stage, name: str, author: Person, subject: Person, stars: int, words: str
) -> Review:
    if words:
        stage.words[words] = author
    sides = Sides(stage.trades[name].trade_id, author.address, subject.address)
    return Review(sides, stars, content_hash(words) if words else NO_CONTENT)


def _desk(stage: Stage) -> Desk:
    return Desk(stage.deployment.chain_id, stage.deployment.reviews.address)


def _salt(stage: Stage, review: Review, author: Person) -> bytes:
    message = review.sides.secret_message(_desk(stage))
    return sign_secret(message, author.address, author.account)
