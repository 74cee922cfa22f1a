"""A notice as a signed request to a program of the operator's choice.

`Commonhold-Signature` is `v1=` and the HMAC-SHA256, with the shared secret, of the header
`Commonhold-Timestamp`, a point, and the body.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import socket
import time
from hashlib import sha256
from urllib.parse import urlsplit

import httpx

from backend.notices.notice import Notice, NoticeError, Undeliverable

SECONDS = 5.0
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256)
    return f"v1={mac.hexdigest()}"


class Webhook:
    """`private` allows addresses of this machine and its network, and plain http to them."""

    name = "web hook"

    def __init__(self, url: str, secret: str, private: bool = False) -> None:
        self._url = url
        self._secret = secret
        self._private = private

    def carry(self, notice: Notice) -> None:
        """Redirects are not followed: they could lead anywhere."""
        body = json.dumps(
            {"account": notice.account, "thread": notice.thread, "unread": notice.unread},
            sort_keys=True,
        ).encode()
        timestamp = str(int(time.time()))
        parts = urlsplit(self._url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(host, port)
        shown = f"[{address}]" if ":" in address else address
        target = parts._replace(netloc=f"{shown}:{port}").geturl()
        headers = {
            "Host": parts.netloc.rpartition("@")[2],
            "Content-Type": "application/json",
            "Commonhold-Timestamp": timestamp,
            "Commonhold-Signature": signature_of(self._secret, timestamp, body),
        }
        try:
            with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
                answer = client.post(
                    target, content=body, headers=headers, extensions={"sni_hostname": host}
                )
        except httpx.HTTPError as error:
            raise NoticeError(f"it does not answer ({type(error).__name__})") from None
        if answer.status_code in (408, 425, 429) or answer.status_code >= 500:
            raise NoticeError(f"it answers HTTP {answer.status_code}")
        if not 200 <= answer.status_code < 300:
            raise Undeliverable(f"it answers HTTP {answer.status_code}")

    def _address(self, host: str, port: int) -> str:
        """Where it leads, looked up once: the request goes there and nowhere else."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NoticeError(f"there is no host {host}") from None
        addresses = [str(one[4][0]) for one in found]
        if not self._private and not all(is_public(address) for address in addresses):
            raise Undeliverable(f"{host} is an address of this machine or its network")
        return addresses[0]


def is_public(address: str) -> bool:
    """Whether it is an address of the open internet, in every way it can be written."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found.teredo is not None or (inner is not None and not is_public(str(inner))):
            return False
        if inner is not None:
            return True
    return found.is_global and not found.is_multicast
