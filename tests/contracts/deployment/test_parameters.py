"""Parameters as data: profiles, files over them, and what is refused."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from backend.terms.offer import ZERO_ADDRESS
from scripts.parameters import POINT, PROFILES, ParameterError, load
from tests.model.jury_rules import FIELDS, JuryRules
from tests.model.limits import Bounds

MEMBER = "0x00000000000000000000000000000000000000AA"
OTHER = "0x00000000000000000000000000000000000000bb"
GUARDIAN = "[guardian]\naccount = 'none'\n"
GENESIS = f"[[reputation.genesis]]\naccount = '{MEMBER}'\npoints = '1000 points'\n"


@pytest.fixture
def file(tmp_path: Path):
    """A parameter file with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "parameters.toml"
        path.write_text(text)
        return path

    return write


def test_live_profile_is_a_placeholder_until_a_file_completes_it(file) -> None:
    with pytest.raises(ParameterError, match=r"no members are given[^$]*no account is given"):
        load("live")
    parameters = load("live", file(GUARDIAN + GENESIS))
    assert parameters.guardian.account == ZERO_ADDRESS
    assert parameters.reputation.genesis[0].points == 1000 * POINT


def test_file_changes_what_it_names_and_nothing_else(file) -> None:
    text = "[governor]\nvoting_period = '2 hours'\nvoting_delay = 90\n"
    parameters, before = load("local", file(text)), load("local")
    assert parameters.governor.voting_period == 7200
    assert parameters.governor.voting_delay == 90
    assert parameters.rules == before.rules
    assert parameters.digest() != before.digest()
    assert load("local").digest() == before.digest()


def test_bounds_and_assets_from_a_file(file) -> None:
    text = (
        "[rules]\nfee_bounds = {min = 10, max = 500, step = 25, notice = '3 days'}\n"
        "[[rules.assets]]\nsymbol = 'X'\ndecimals = 8\npoints_per_coin = 0.4\n"
        f"address = '{OTHER}'\n"
        "[juror_pool]\nasset = 'X'\n"
    )
    rules = load("local", file(text)).rules
    assert rules.fee_bounds.pack() == (10, 500, 25, 259_200)
    (asset,) = rules.assets
    assert asset.points_per_coin == Decimal("0.4")
    # 0.4 points of 1e6 base units for 1e8 base units of fee, for every 1e18.
    assert asset.rate == 4 * 10**15


def test_jury_from_a_file(file) -> None:
    text = (
        "[rules.jury]\njurors = 5\nappeal_period = '3 hours'\n"
        "[rules.jury_bounds]\njurors = {min = 3, max = 7, step = 2, notice = '1 day'}\n"
    )
    rules, before = load("local", file(text)).rules, load("local").rules
    changed = dataclasses.replace(before.jury, jurors=5, appeal_period=10_800)
    assert rules.jury == changed
    assert rules.jury_bounds.jurors.pack() == (3, 7, 2, 86_400)
    assert rules.jury_bounds.juror_fee == before.jury_bounds.juror_fee


@pytest.mark.parametrize("profile", PROFILES)
def test_jury_of_a_profile_can_be_deployed(profile) -> None:
    """The values within their bounds, the bounds within the ceilings, a case within its time."""
    rules = PROFILES[profile]().rules
    jury = JuryRules(*rules.jury.pack())
    for name, values in zip(FIELDS, rules.jury_bounds.pack(), strict=True):
        bounds = Bounds(*values)
        bounds.check_sane(name)
        bounds.check_value(name, jury.named()[name])
    jury.check_together(rules.ruling_period)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[governor]\nvoting_perod = 1\n", "governor.voting_perod is unknown"),
        ("[governor]\nvoting_period = '2 fortnights'\n", "not a number with a unit"),
        ("[governor]\nvoting_period = -1\n", "whole number that is not negative"),
        ("[governor]\nvoting_period = true\n", "whole number that is not negative"),
        ("[governor]\nvoting_period = '0.5 seconds'\n", "finer than its smallest unit"),
        ("governor = 3\n", "governor must be a table"),
        ("local = true\n", "local cannot be set"),
        ("[[reputation.genesis]]\naccount = '0x12'\npoints = '1 point'\n", "is not an address"),
        (
            f"[[reputation.genesis]]\naccount = '{MEMBER[:-2]}Aa'\npoints = '1 point'\n",
            "has a wrong checksum",
        ),
        (f"[[reputation.genesis]]\naccount = '{MEMBER}'\npoints = 5\n", "needs a unit"),
        (f"[[reputation.genesis]]\naccount = '{MEMBER}'\n", r"genesis\[0\].points is missing"),
        (GENESIS + GENESIS, "is given twice"),
        (GENESIS.replace("1000", "99"), "below governor.quorum_floor"),
        ("[rules]\nfees = [1, 2]\n", "10 kinds need 10 fees"),
        ("[rules]\nassets = []\n", "no trade could be opened"),
        ("[juror_pool]\nasset = 'X'\n", "juror_pool.asset: X is none of rules.assets"),
        ("[rules", "parameters.toml"),
    ],
)
def test_unfit_file(file, text: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        load("local", file(text))


def test_missing_file_and_unknown_profile(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="there is no such file"):
        load("local", tmp_path / "nothing.toml")
    with pytest.raises(ParameterError, match="there is no profile moon"):
        load("moon")


def test_example_file_is_refused_until_it_is_filled_in() -> None:
    with pytest.raises(ParameterError, match="is not an address"):
        load("live", Path("deployments/example.toml"))
