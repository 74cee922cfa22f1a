"""The people of local chains, each with the key of one of the node's funded accounts.

The keys are public: they belong to the node's well-known test phrase. Never fund them on a live
chain.
"""

from enum import Enum
from functools import cache

from eth_account import Account
from eth_account.signers.local import LocalAccount

PHRASE = "test test test test test test test test test test test junk"


class Person(Enum):
    """Who takes part, by the index of the account."""

    DEPLOYER = 0
    ALICE = 1  # sells
    BOB = 2  # buys in coin
    CAROL = 3  # buys in a token
    DAVE = 4  # buys, and is let down
    ERIN = 5  # buys, and agrees on a split
    MARA = 6  # member from the first day
    NOOR = 7  # member from the first day
    OLU = 8  # member from the first day
    RITA = 9  # nobody's friend: triggers, relays and executes what anyone may
    GUS = 10  # guardian
    ADA = 11  # the rest are members who sit on juries
    BEN = 12
    CLEO = 13
    DITA = 14
    EMIL = 15
    FAY = 16
    GINO = 17
    HANA = 18
    IVO = 19

    @property
    def title(self) -> str:
        """The name to print."""
        return self.name.capitalize()

    @property
    def account(self) -> LocalAccount:
        """The key."""
        return public_account(self.value)

    @property
    def address(self) -> str:
        """The checksummed address."""
        return str(self.account.address)


JURORS = tuple(one for one in Person if one.value > Person.GUS.value)


@cache
def public_account(index: int) -> LocalAccount:
    """The key of one of the node's funded accounts."""
    Account.enable_unaudited_hdwallet_features()
    key: LocalAccount = Account.from_mnemonic(PHRASE, account_path=f"m/44'/60'/0'/0/{index}")
    return key


def is_public(address: str) -> bool:
    """Whether anybody at all has this address's key."""
    return any(address.lower() == public_account(i).address.lower() for i in range(20))
