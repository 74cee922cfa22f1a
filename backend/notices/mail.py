"""A notice as an e-mail, to the addresses that the operator keeps in a file."""

from __future__ import annotations

import json
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from backend.notices.notice import Notice, NoticeError, Undeliverable

SECONDS = 10.0
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Mail:
    """`server` is `smtps://name:password@host:465`, or `smtp://...:587`, which must offer TLS
    unless it is on this machine. `addresses` is a JSON file of accounts and their addresses, read
    for every notice."""

    name = "e-mail"

    def __init__(self, server: str, sender: str, addresses: str) -> None:
        self._server = urlsplit(server)
        self._sender = sender
        self._addresses = Path(addresses)

    def carry(self, notice: Notice) -> None:
        recipient = self._recipient(notice.account)
        if recipient is None:
            return
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = "You have unread messages"
        many = "message" if notice.unread == 1 else "messages"
        message.set_content(
            f"{notice.unread} unread {many} in {notice.thread}.\n\n"
            "They are sealed: read them where you have your wallet.\n"
        )
        try:
            self._send(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
            raise Undeliverable(f"the mail server refuses it ({type(error).__name__})") from None
        except (OSError, smtplib.SMTPException) as error:
            raise NoticeError(f"the mail server fails ({type(error).__name__})") from None

    def _recipient(self, account: str) -> str | None:
        try:
            found = json.loads(self._addresses.read_text(encoding="utf-8"))
            address = found.get(account)
        except (OSError, ValueError, AttributeError):
            raise Undeliverable(f"{self._addresses} cannot be read as a JSON object") from None
        if address is None:
            return None
        if not isinstance(address, str) or not address.isprintable() or "@" not in address:
            raise Undeliverable(f"{self._addresses} has no e-mail address for {account}")
        return address

    def _send(self, message: EmailMessage) -> None:
        server, host = self._server, self._server.hostname or ""
        if server.scheme == "smtps":
            context = ssl.create_default_context()
            with smtplib.SMTP_SSL(host, server.port or 465, timeout=SECONDS, context=context) as at:
                self._deliver(at, message)
            return
        with smtplib.SMTP(host, server.port or 587, timeout=SECONDS) as at:
            if host not in LOOPBACK:
                at.starttls(context=ssl.create_default_context())
            self._deliver(at, message)

    def _deliver(self, at: smtplib.SMTP, message: EmailMessage) -> None:
        if self._server.username is not None:
            at.login(unquote(self._server.username), unquote(self._server.password or ""))
        at.send_message(message)
