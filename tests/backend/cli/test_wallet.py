"""Whose key signs: each way to say it, and every way to say it wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from eth_account import Account

from backend.cli.terminal import CommandError
from backend.cli.wallet import KEY_ENV, PASSWORD_ENV, find_account
from backend.people import Person

LOCAL, LIVE = 31337, 1
KEY = "0x" + bytes(Person.ADA.account.key).hex()
PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def _no_keys_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_ENV, raising=False)
    monkeypatch.delenv(PASSWORD_ENV, raising=False)


@pytest.fixture
def keystore(tmp_path: Path) -> Path:
    path = tmp_path / "ada.json"
    path.write_text(json.dumps(Account.encrypt(KEY, PASSWORD, iterations=2)))
    return path


def refused(key_file: object = None, name: str | None = None, chain: int = LOCAL) -> str:
    with pytest.raises(CommandError) as error:
        find_account(None if key_file is None else str(key_file), name, chain)
    told = str(error.value)
    assert KEY[2:20] not in told
    assert PASSWORD not in told
    return told


def test_a_keystore_with_its_password(keystore: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_ENV, PASSWORD)
    for chain in (LOCAL, LIVE):
        assert find_account(str(keystore), None, chain).address == Person.ADA.address


def test_a_keystore_goes_before_the_environment(
    keystore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_ENV, PASSWORD)
    monkeypatch.setenv(KEY_ENV, "0x" + "1" * 64)
    assert find_account(str(keystore), None, LIVE).address == Person.ADA.address


@pytest.mark.parametrize("text", [KEY, KEY[2:], f" {KEY}\n"])
def test_a_key_in_the_environment(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_ENV, text)
    assert find_account(None, None, LIVE).address == Person.ADA.address


@pytest.mark.parametrize("text", [KEY[:-1], KEY + "0", "zz" * 32, "0x" + "0" * 64, "0x" + "f" * 64])
def test_a_key_in_the_environment_that_is_none(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_ENV, text)
    assert f"{KEY_ENV} is not a private key" in refused()


def test_people_of_local_chains_by_name() -> None:
    for name in ("ada", "Ada", "ADA"):
        assert find_account(None, name, LOCAL).address == Person.ADA.address
    assert "Nobody here is called zoe. There are" in refused(name="zoe")
    assert "--as is for local chains (31337): anybody has those keys" in refused(
        name="ada", chain=LIVE
    )


def test_no_wallet_at_all() -> None:
    assert "--as NAME" in refused()
    live = refused(chain=LIVE)
    assert "--key-file FILE" in live
    assert KEY_ENV in live
    assert "--as" not in live


def test_two_wallets(keystore: Path) -> None:
    assert "not both" in refused(keystore, "ada")


def test_a_wrong_password(keystore: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_ENV, "wrong")
    assert f"The password does not open {keystore}." in refused(keystore)


def test_nobody_to_ask_for_the_password(keystore: Path) -> None:
    assert f"set {PASSWORD_ENV}" in refused(keystore)


def test_a_key_instead_of_a_file_is_not_repeated() -> None:
    assert "looks like a private key" in refused(KEY)
    assert "looks like a private key" in refused(KEY[2:])


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", KEY, '{"version": 1}', '"text"', "\0\1", "{}"]
)
def test_a_file_that_is_no_keystore(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    assert "is not a keystore (JSON, version 3)" in refused(path)


def test_a_file_that_is_not_even_text(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xff\xfe\xfd")
    assert "is not a keystore" in refused(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "none")
    assert "cannot be read: Is a directory" in refused(tmp_path)


@pytest.mark.parametrize("part", ["ciphertext", "kdf", "kdfparams", "mac", "cipherparams"])
def test_a_damaged_keystore(keystore: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_ENV, PASSWORD)
    content = json.loads(keystore.read_text())
    content["crypto"][part] = 7
    keystore.write_text(json.dumps(content))
    assert "is a damaged keystore" in refused(keystore)
    del content["crypto"]
    keystore.write_text(json.dumps(content))
    assert "is a damaged keystore" in refused(keystore)
