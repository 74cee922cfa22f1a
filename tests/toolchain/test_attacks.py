"""The list of attacks and the tests agree."""

from pathlib import Path

import pytest

from scripts.attacks import PAGE, faults, filled, numbered, rows

# 17 and 22 of the Escrow and 5 of the members were never given out.
ESCROW = {f"E{number}" for number in range(1, 29)} - {"E17", "E22"}
MEMBERS = {f"D{number}" for number in range(1, 14)} - {"D5"}
SERVICE = {f"S{number}" for number in range(1, 14)}


def test_page_and_tests_agree() -> None:
    assert list(faults(PAGE.read_text(), numbered())) == []


def test_every_attack_is_on_the_page() -> None:
    assert set(rows(PAGE.read_text())) >= ESCROW | MEMBERS | SERVICE


def test_tests_are_found_by_their_numbers(tmp_path: Path) -> None:
    python = "def test_one_E1_E12():\n    pass\n\nasync def test_two_E12_more():\n    pass\n"
    (tmp_path / "test_some.py").write_text(python + "def helper_E3(): ...\n")
    (tmp_path / "Some.t.sol").write_text("    function testFuzz_sums_E10(uint256) public {}\n")
    assert numbered(tmp_path) == {
        "E1": ["test_one_E1_E12"],
        "E10": ["testFuzz_sums_E10"],
        "E12": ["test_one_E1_E12", "test_two_E12_more"],
    }


def test_the_last_cell_is_filled() -> None:
    text = "| no. | x |\n| E1 | attack | answer | old |\n| E2 | a | b | |\n"
    found = filled(text, {"E1": ["test_a_E1", "test_b_E1"], "E2": []})
    assert (
        found
        == "| no. | x |\n| E1 | attack | answer | `test_a_E1`, `test_b_E1` |\n| E2 | a | b |  |\n"
    )


FIRST = "| E1 | a | b | `test_a_E1` |\n"


@pytest.mark.parametrize(
    ("page", "tests", "told"),
    [
        (FIRST, {"E1": ["test_a_E1"]}, []),
        (FIRST, {"E1": ["test_a_E1"], "J1": ["test_a_J1"]}, []),
        (
            FIRST,
            {"E1": ["test_a_E1"], "E2": ["test_a_E2"]},
            ["test_a_E2 names E2, which has no row"],
        ),
        (FIRST * 2, {"E1": ["test_a_E1"]}, ["E1 has two rows"]),
        ("| E1 | a | b |  |\n", {}, ["no test carries the number E1"]),
        (
            FIRST,
            {"E1": ["test_b_E1"]},
            ["the names of tests are stale: run `python -m scripts.attacks`"],
        ),
    ],
)
def test_what_does_not_agree_is_told(
    page: str, tests: dict[str, list[str]], told: list[str]
) -> None:
    assert list(faults(page, tests)) == told
