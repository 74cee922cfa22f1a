"""Symbols and decimals of tokens, which are a stranger's answers."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from sqlalchemy import Engine

from backend.db import tables
from backend.terms.offer import ZERO_ADDRESS
from tests.backend import proxy as faults
from tests.backend.following import catch_up, rows
from tests.backend.market import Market
from tests.backend.proxy import proxy

SYMBOL = "0x" + keccak(text="symbol()")[:4].hex()
DECIMALS = "0x" + keccak(text="decimals()")[:4].hex()
NOT_UTF8 = encode(["bytes"], [b"\xff\xfeGLD"])


def word(number: int) -> bytes:
    return number.to_bytes(32, "big")


@pytest.mark.parametrize(
    ("symbol", "decimals", "shown"),
    [
        (encode(["string"], ["GLD"]), word(6), ("GLD", 6)),
        (b"MKR".ljust(32, b"\0"), word(255), ("MKR", 255)),
        (encode(["string"], ["<b>'; --"]), word(0), ("<b>'; --", 0)),
        (encode(["string"], ["A" * 33]), word(256), (None, None)),
        (encode(["string"], ["\u202eDLG"]), word(2**256 - 1), (None, None)),
        (encode(["string"], ["G\0D"]), b"\x06", (None, None)),
        (encode(["string"], [""]), b"", (None, None)),
        (NOT_UTF8, word(6) * 2, (None, 6)),
        (b"\xff" * 32, word(6), (None, 6)),
        (word(2**256 - 1) * 2, word(6), (None, 6)),
        (word(32) + word(2**256 - 1), word(6), (None, 6)),
        (word(0) * 2, word(6), (None, 6)),
        (b"", word(6), (None, 6)),
    ],
)
def test_S1_a_token_may_answer_anything(
    market: Market, engine: Engine, symbol: bytes, decimals: bytes, shown: tuple[Any, Any]
) -> None:
    answers = {SYMBOL: symbol, DECIMALS: decimals}

    def answered(request: dict[str, Any], reply: faults.Reply) -> faults.Reply:
        asked = request["params"][0].get("data") if request["method"] == "eth_call" else None
        return faults.answer("0x" + answers[asked].hex()) if asked in answers else reply

    with proxy(market.url) as between:
        between.fault = answered
        catch_up(engine, between.url, market.deployment)
    found = {(row["symbol"], row["decimals"]) for row in rows(engine, tables.asset_names)}
    assert found == {shown}


def test_S1_the_coin_is_no_token(market: Market, engine: Engine) -> None:
    catch_up(engine, market.url, market.deployment)
    assert ZERO_ADDRESS not in {row["asset"] for row in rows(engine, tables.asset_names)}
