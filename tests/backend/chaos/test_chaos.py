"""S7 to S10 at once and at random; `make chaos` plays a thousand rounds of it."""

from pathlib import Path

import pytest

from tests.backend.chaos.rounds import Chaos
from tests.backend.chaos.sabotage import SABOTAGE
from tests.backend.saved import Saved

ROUNDS = 25  # of each seed


@pytest.mark.parametrize("seed", range(1, 5))
def test_S8_S10_after_any_trouble_the_database_is_as_from_a_fresh_sync(
    deployed: Saved, tmp_path: Path, seed: int
) -> None:
    tally = Chaos(deployed, tmp_path, seed).play(ROUNDS)
    print(tally)
    assert tally.differences == ()
    assert tally.rounds == ROUNDS
    assert min(tally.reorgs, tally.kills, tally.faults) > 0


@pytest.mark.parametrize("broken", SABOTAGE)
def test_a_rollback_broken_on_purpose_is_seen(deployed: Saved, tmp_path: Path, broken: str) -> None:
    tally = Chaos(deployed, tmp_path, 3, sabotage=broken).play(ROUNDS, stop_at_first=True)
    assert len(tally.differences) == 1
