"""The list of attacks and the tests agree."""

from pathlib import Path

from scripts.attacks import PAGE, filled, numbered, rows

# Of the Escrow; 17 and 22 were never given out.
ESCROW = {f"E{number}" for number in range(1, 29)} - {"E17", "E22"}


def test_every_test_named_on_the_page_exists_and_no_other() -> None:
    text = PAGE.read_text()
    assert filled(text, numbered()) == text, "run: python -m scripts.attacks"


def test_every_attack_on_the_page_is_tested() -> None:
    listed = rows(PAGE.read_text())
    assert len(listed) == len(set(listed))
    assert [number for number in listed if not numbered().get(number)] == []


def test_every_attack_on_the_escrow_is_on_the_page() -> None:
    listed = set(rows(PAGE.read_text()))
    tried = {number for number in numbered() if number.startswith("E")}
    assert listed >= ESCROW | tried


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
