"""constructor: an address is missing → ZeroAddress; the size of what is deployed."""

import pytest

from tests.contracts.expect import ZERO, reverts


@pytest.mark.parametrize("missing", range(4))
def test_deploy_without_an_address(Court, room, people, deployed, missing):
    parts = [deployed["escrow"], deployed["pool"], deployed["randomness"], people["treasury"]]
    addresses = [part.address for part in parts]
    addresses[missing] = ZERO
    with reverts("Court_ZeroAddress"):
        people["deployer"].account.deploy(Court, *addresses)


def test_size(Court):
    assert len(bytes.fromhex(Court._build["deployedBytecode"])) <= 24_576


def test_coin_that_nobody_asked_for_is_refused(room):
    from tests.contracts.expect import reverts_silently

    with reverts_silently():
        room.stranger.transfer(room.court, 1)
