"""What errors of contracts say: to traders, members, jurors and who deploys."""

from __future__ import annotations

import json
import re

import pytest
from eth_utils.crypto import keccak

from backend import abi
from backend.terms.reverts import ACTIONS, FOLDER, OTHERS, actions, notices, read_revert

DECLARED = {
    item["name"]
    for path in FOLDER.glob("*.json")
    for item in abi.load(path.stem)
    if item["type"] == "error"
} | (set(OTHERS) - {"Error", "Panic"})


def test_every_error_that_can_be_met_has_a_sentence_and_an_action() -> None:
    assert DECLARED - set(notices()) == set()
    assert set(actions()) == set(notices())


def test_no_error_has_two_actions_and_no_action_stands_twice() -> None:
    told = json.loads(ACTIONS.read_text())["actions"]
    names = [name for action in told.values() for name in action]
    assert len(names) == len(set(names))
    assert all(told.values())


@pytest.mark.parametrize("text", sorted({*notices().values(), *actions().values()}))
def test_words_are_whole_sentences(text: str) -> None:
    assert re.fullmatch(r"[A-Z`].*[.]", text)
    assert "TODO" not in text


def test_what_a_contract_refuses_is_told_with_what_to_do() -> None:
    told = read_revert(keccak(text="Escrow_FeeTooHigh(uint16,uint16)")[:4] + bytes(64))
    assert told.name == "Escrow_FeeTooHigh"
    assert notices()["Escrow_FeeTooHigh"] in told.text
    assert told.text.endswith(actions()["Escrow_FeeTooHigh"])
