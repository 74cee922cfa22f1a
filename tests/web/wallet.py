"""A wallet in the browser whose owner is the test."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import httpx
from eth_account.messages import encode_defunct, encode_typed_data
from eth_account.signers.local import LocalAccount
from playwright.sync_api import BrowserContext, Page, expect

SCRIPT = (Path(__file__).parent / "wallet.js").read_text(encoding="utf-8")
ICON = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
MARKET_CHAIN = 31_337
SENDS = {"eth_sendTransaction", "eth_signTypedData_v4", "personal_sign"}


class WalletError(Exception):
    """As EIP-1193 has it."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.told = {"code": code, "message": message, "data": data}


@dataclass
class TestWallet:
    """Says yes to everything but what is in `refuses`, and cannot do what is in `lacks`.

    `asked` is every method it was asked for, in order; `chain` where it is, `knows` the chains it
    knows.
    """

    __test__ = False

    account: LocalAccount
    node: str
    name: str = "Test Wallet"
    rdns: str = "example.test-wallet"
    icon: str = ICON
    chain: int = MARKET_CHAIN
    knows: set[int] = field(default_factory=lambda: {1, MARKET_CHAIN})
    refuses: set[str] = field(default_factory=set)
    lacks: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    _http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=30, trust_env=False), repr=False
    )

    def announce(self, context: BrowserContext) -> TestWallet:
        """Is there on every page that is opened in this context from now on."""
        wallets = getattr(context, "_test_wallets", None)
        if wallets is None:
            wallets = {}
            context._test_wallets = wallets  # type: ignore[attr-defined]
            context.expose_function(
                "testWallet", lambda rdns, method, params: wallets[rdns].answer(method, params)
            )
        wallets[self.rdns] = self
        uuid = str(uuid5(NAMESPACE_DNS, self.rdns))
        told = {"uuid": uuid, "name": self.name, "rdns": self.rdns, "icon": self.icon}
        context.add_init_script(SCRIPT.replace("WALLET", json.dumps(told)))
        return self

    @property
    def confirmed(self) -> list[str]:
        """What its owner was asked to confirm."""
        return [method for method in self.asked if method in SENDS]

    def answer(self, method: str, params: list[Any]) -> dict[str, Any]:
        """What the page is told."""
        self.asked.append(method)
        try:
            if method in self.lacks:
                raise WalletError(4200, "The method is not supported.")
            if method in self.refuses:
                raise WalletError(4001, "User rejected the request.")
            return {"result": self._do(method, params)}
        except WalletError as error:
            return {"error": error.told}

    def switch(self, page: Page, chain: int) -> None:
        """Its owner goes to another chain."""
        self.chain = chain
        self.tell(page, "chainChanged", hex(chain))

    def become(self, page: Page, account: LocalAccount) -> None:
        """Its owner chooses another account."""
        self.account = account
        self.tell(page, "accountsChanged", [account.address])

    def tell(self, page: Page, event: str, told: Any) -> None:
        """Tells the page of something."""
        page.evaluate(
            "([rdns, event, told]) => window.testWallets[rdns].tell(event, told)",
            [self.rdns, event, told],
        )

    def _do(self, method: str, params: list[Any]) -> Any:  # noqa: PLR0911
        match method:
            case "eth_requestAccounts" | "eth_accounts":
                return [self.account.address]
            case "eth_chainId":
                return hex(self.chain)
            case "wallet_switchEthereumChain":
                chain = int(params[0]["chainId"], 16)
                if chain not in self.knows:
                    raise WalletError(4902, "Unrecognized chain ID.")
                self.chain = chain
                return None
            case "wallet_addEthereumChain":
                self.knows.add(int(params[0]["chainId"], 16))
                return None
            case "eth_signTypedData_v4":
                message = encode_typed_data(full_message=json.loads(params[1]))
                return "0x" + self.account.sign_message(message).signature.hex()
            case "personal_sign":
                message = encode_defunct(hexstr=params[0])
                return "0x" + self.account.sign_message(message).signature.hex()
            case "eth_sendTransaction":
                return self._send(params[0])
            case _:
                return self._ask(method, *params)

    def _ask(self, method: str, *params: Any) -> Any:
        """Of the node; an error with its data, which says why a call was refused."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        answer = self._http.post(self.node, json=body).json()
        if "error" in answer:
            told = answer["error"]
            raise WalletError(told["code"], told["message"], told.get("data"))
        return answer["result"]

    def _send(self, asked: dict[str, Any]) -> str:
        self.sent.append(asked)
        gas = asked.get("gas") or self._ask("eth_estimateGas", asked, "pending")
        nonce = self._ask("eth_getTransactionCount", self.account.address, "pending")
        signed = self.account.sign_transaction(
            {
                "chainId": self.chain,
                "nonce": int(nonce, 16),
                "to": asked["to"],
                "data": asked.get("data", "0x"),
                "value": int(asked.get("value", "0x0"), 16),
                "gas": int(gas, 16) * 5 // 4,
                "maxFeePerGas": 20 * 10**9,
                "maxPriorityFeePerGas": 10**9,
            }
        )
        return str(self._ask("eth_sendRawTransaction", "0x" + signed.raw_transaction.hex()))


def connect(page: Page, wallet: TestWallet) -> None:
    """Its owner connects it to a page."""
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("button", name=wallet.name).click()
    expect(page.get_by_role("button", name="you")).to_be_visible()
