"""reply, and what Reviews is deployed with

├── the caller was not reviewed by this author, or it is not revealed yet → NotReviewed
├── it has replied → AlreadyReplied
├── there are no words → NoContent
└── the side that was reviewed, at any time
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.market import DAY
from tests.contracts.expect import ZERO, event, next_at, now, reverts
from tests.contracts.reviews.conftest import COMMIT_WINDOW, REVEAL_WINDOW, REVEALED, WORDS


@pytest.fixture
def reviewed(desk):
    first, second = desk.both(desk.closed())
    desk.commit(first)
    desk.commit(second)
    desk.reveal(first)
    return first


@pytest.mark.parametrize("later", [1, 1_000 * DAY])
def test_reply(desk, reviewed, later):
    revealed_at = now()
    next_at(revealed_at + later)
    assert event(desk.reply(reviewed), "ReplyGiven") == {
        "tradeId": reviewed.opened.id,
        "author": desk.buyer.address,
        "subject": desk.seller.address,
        "contentHash": WORDS,
    }
    assert desk.state(reviewed) == (REVEALED, 0, bytes(26), 4, revealed_at, True)


def test_reply_twice(desk, reviewed):
    desk.reply(reviewed)
    key = reviewed.key
    with reverts("Reviews_AlreadyReplied", HexBytes(key[0]), *key[1:]):
        desk.reply(reviewed)


def test_reply_by_somebody_else(desk, reviewed, people):
    trade_id, author, _ = reviewed.key
    stranger = people["stranger"]
    with reverts("Reviews_NotReviewed", HexBytes(trade_id), author, stranger.address):
        desk.reply(reviewed, by=stranger)


def test_reply_to_what_is_not_revealed(desk, reviewed):
    sealed = desk.write(reviewed.opened, desk.seller, desk.buyer, rating=2)
    key = sealed.key
    with reverts("Reviews_NotReviewed", HexBytes(key[0]), *key[1:]):
        desk.reply(sealed)


def test_reply_without_words(desk, reviewed):
    with reverts("Reviews_NoContent"):
        desk.reply(reviewed, words=bytes(32))


def test_deploy(contract, escrow):
    assert contract.escrow() == escrow.address
    assert (contract.commitWindow(), contract.revealWindow()) == (COMMIT_WINDOW, REVEAL_WINDOW)


def test_deploy_without_an_escrow(Reviews, people):
    with reverts("Reviews_ZeroAddress"):
        people["deployer"].account.deploy(Reviews, ZERO, DAY, DAY)


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("window", [0, 90 * DAY + 1])
def test_deploy_with_windows_too_short_or_long(Reviews, people, escrow, place, window):
    windows = [90 * DAY, 90 * DAY]
    windows[place] = window
    with reverts("Reviews_BadWindow", window):
        people["deployer"].account.deploy(Reviews, escrow, *windows)
