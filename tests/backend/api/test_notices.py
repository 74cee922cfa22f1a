"""Notices of unread messages, carried to real servers of this machine."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller

from backend.api.app import create_app
from backend.api.limits import Limits
from backend.messages.threads import Thread
from backend.notices import Courier, Notice, NoticeError, Undeliverable
from backend.notices.mail import Mail
from backend.notices.webhook import Webhook, is_public, signature_of
from backend.settings import Settings, SettingsError
from tests.backend.api.book import ALICE, BOB, Book, offer_by
from tests.backend.api.letters import BOTH, BUYER, SELLER, post, put_keys, talk
from tests.backend.api.serving import running
from tests.backend.messages.making import write

SECRET = "sixteen or more signs"
PATIENCE = 20  # seconds until a test fails
NOTICE = Notice(ALICE, "trade-0x12", 3)
LIMITS = Limits(notice_pauses=(0.01, 0.01))


@dataclass
class Hook:
    """A program that takes notices; it answers with the next of `answers`, then 204."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    got: queue.Queue[tuple[dict[str, str], bytes]] = field(default_factory=queue.Queue)

    def next(self) -> tuple[dict[str, str], bytes]:
        return self.got.get(timeout=PATIENCE)


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook()
    found.hold.set()

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.hold.wait(PATIENCE)
            found.got.put(({name.lower(): value for name, value in self.headers.items()}, body))
            status = found.answers.pop(0) if found.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Take)
    found.url = f"http://127.0.0.1:{server.server_address[1]}/notices?of=messages"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield found
    found.hold.set()
    server.shutdown()
    thread.join(PATIENCE)
    server.server_close()


@contextmanager
def serving(book: Book, **settings: Any) -> Iterator[tuple[httpx.Client, Thread]]:
    """The service with these settings, and a trade whose parties have keys."""
    thread = Thread(book.trade(2, offer_by()))
    book.at(2)
    app = create_app(replace(book.settings, **settings), LIMITS)
    with running(app, LIMITS) as address, httpx.Client(base_url=address, timeout=10) as client:
        for one in BOTH:
            assert put_keys(client, one.published).status_code == 201
        yield client, thread
    app.state.context.courier.close()
    app.state.context.engine.dispose()


def private(hook: Hook) -> dict[str, Any]:
    return {"webhook_url": hook.url, "webhook_secret": SECRET, "webhook_private": 1}


def test_a_hook_is_told_how_many_and_never_what(book: Book, hook: Hook) -> None:
    with serving(book, **private(hook)) as (client, thread):
        talk(client, thread, BOTH, "001")
        told = [hook.next() for _ in range(3)]
    said = sorted((json.loads(body) for _, body in told), key=str)
    assert said == sorted(
        [
            {"account": BOB, "thread": str(thread), "unread": 1},
            {"account": BOB, "thread": str(thread), "unread": 2},
            {"account": ALICE, "thread": str(thread), "unread": 1},
        ],
        key=str,
    )
    for headers, body in told:
        timestamp = headers["commonhold-timestamp"]
        assert headers["commonhold-signature"] == signature_of(SECRET, timestamp, body)
        assert headers["commonhold-signature"] != signature_of("another", timestamp, body)
        assert SECRET not in str(headers)


def test_nobody_is_told_by_default(book: Book, hook: Hook) -> None:
    assert not Settings().webhook_url
    assert not Settings().mail_server
    with serving(book) as (client, thread):
        talk(client, thread, BOTH, "01")
    assert hook.got.empty()


def test_a_hook_that_hangs_holds_up_nobody(book: Book, hook: Hook) -> None:
    hook.hold.clear()
    with serving(book, **private(hook)) as (client, thread):
        [first] = talk(client, thread, BOTH, "0")
        assert post(client, thread, write(BUYER, SELLER, thread=thread, after=first)).is_success
        assert hook.got.empty()
        hook.hold.set()
        assert {json.loads(hook.next()[1])["account"] for _ in range(2)} == {ALICE, BOB}


def test_what_fails_is_tried_again_and_then_given_up(
    hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    hook.answers = [503, 429, 204, 500, 500, 500, 204]
    channel = Webhook(hook.url, SECRET, private=True)
    courier = Courier([channel], pauses=(0.01, 0.01))
    courier.tell(NOTICE)
    assert [json.loads(hook.next()[1])["unread"] for _ in range(3)] == [3, 3, 3]
    courier.tell(replace(NOTICE, unread=4))
    assert [json.loads(hook.next()[1])["unread"] for _ in range(3)] == [4, 4, 4]
    courier.tell(replace(NOTICE, unread=5))
    assert json.loads(hook.next()[1])["unread"] == 5
    courier.close(PATIENCE)
    assert hook.got.empty()
    assert "is given up: it answers HTTP 500" in caplog.text


@pytest.mark.parametrize("status", [302, 400, 404, 410])
def test_what_is_refused_or_sent_elsewhere_is_dropped(hook: Hook, status: int) -> None:
    hook.answers = [status]
    with pytest.raises(Undeliverable, match=f"HTTP {status}"):
        Webhook(hook.url, SECRET, private=True).carry(NOTICE)
    hook.next()
    assert hook.got.empty()


def test_a_hook_on_this_machine_is_refused_M14(hook: Hook) -> None:
    port = hook.url.split(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433"):
        with pytest.raises(Undeliverable, match="of this machine or its network"):
            Webhook(f"https://{host}:{port}", SECRET).carry(NOTICE)
    assert hook.got.empty()
    with pytest.raises(NoticeError, match="no host"):
        Webhook("https://nowhere.invalid", SECRET).carry(NOTICE)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_of_the_open_internet_M14(address: str, public: bool) -> None:
    assert is_public(address) is public


class Post:
    """A mail server that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.got: queue.Queue[Any] = queue.Queue()
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.got.put(envelope)
        return self.answer


class AnyPort(Controller):
    """On a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mail_server() -> Iterator[tuple[Post, str]]:
    handler = Post()
    controller = AnyPort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def test_an_e_mail_says_how_many_and_never_what(
    book: Book, mail_server: tuple[Post, str], tmp_path: Path
) -> None:
    handler, url = mail_server
    addresses = tmp_path / "addresses.json"
    addresses.write_text(json.dumps({BOB: "bob@example.org"}))
    settings = {
        "mail_server": url, "mail_from": "market@example.org", "mail_addresses": str(addresses)
    }  # fmt: skip
    with serving(book, **settings) as (client, thread):
        talk(client, thread, BOTH, "01")  # Alice has no address here
        envelope = handler.got.get(timeout=PATIENCE)
    assert envelope.rcpt_tos == ["bob@example.org"]
    text = envelope.content.decode()
    assert f"1 unread message in {thread}" in text.replace("=\r\n", "")
    assert "Hello" not in text
    assert handler.got.empty()


def test_a_mail_server_that_fails_is_tried_again(
    mail_server: tuple[Post, str], tmp_path: Path
) -> None:
    handler, url = mail_server
    addresses = tmp_path / "addresses.json"
    addresses.write_text(json.dumps({ALICE: "alice@example.org"}))
    mail = Mail(url, "market@example.org", str(addresses))
    handler.answer = "451 later"
    with pytest.raises(NoticeError, match="mail server fails"):
        mail.carry(NOTICE)
    with pytest.raises(NoticeError, match="mail server fails"):
        Mail("smtp://127.0.0.1:1", "market@example.org", str(addresses)).carry(NOTICE)
    for content in ("", "[]", json.dumps({ALICE: "a\r\nBcc: all@example.org"})):
        addresses.write_text(content)
        with pytest.raises(Undeliverable):
            mail.carry(NOTICE)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"webhook_url": "bell", "webhook_secret": SECRET}, "WEBHOOK_URL"),
        ({"webhook_url": "http://bell.example", "webhook_secret": SECRET}, "https://"),
        ({"webhook_url": "https://bell.example"}, "WEBHOOK_SECRET"),
        ({"webhook_url": "https://bell.example", "webhook_secret": "short"}, "16 characters"),
        ({"mail_server": "imap://mail.example"}, "smtps://"),
        ({"mail_server": "smtps://mail.example"}, "MAIL_FROM"),
    ],
)
def test_settings_that_make_no_sense(given: dict[str, str], fault: str) -> None:
    with pytest.raises(SettingsError, match=fault):
        Settings(**given)


def test_secrets_are_not_shown() -> None:
    settings = Settings(
        webhook_url="https://bell.example",
        webhook_secret=SECRET,
        mail_server="smtps://me:password@mail.example",
        mail_from="a@b.example",
        mail_addresses="x",
    )
    assert SECRET not in repr(settings)
    assert "password" not in repr(settings)
