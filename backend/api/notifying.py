"""Telling parties that something is unread, where a setting says how."""

from __future__ import annotations

from collections.abc import Sequence

from backend.api.context import Context, opened
from backend.messages.octets import text_of
from backend.messages.threads import Thread
from backend.notices import Channel, Courier, Notice
from backend.notices.mail import Mail
from backend.notices.webhook import Webhook
from backend.queries import messages
from backend.settings import Settings


def courier_of(settings: Settings, pauses: Sequence[float]) -> Courier:
    """With the channels that the settings name: none by default."""
    channels: list[Channel] = []
    if settings.webhook_url:
        private = bool(settings.webhook_private)
        channels.append(Webhook(settings.webhook_url, settings.webhook_secret, private))
    if settings.mail_server:
        mail = Mail(settings.mail_server, settings.mail_from, settings.mail_addresses)
        channels.append(mail)
    return Courier(channels, pauses)


def tell_readers(here: Context, thread: Thread, sender: str, parties: Sequence[str]) -> None:
    """Everybody but the sender: which conversation, and how many messages are unread."""
    if not here.courier:
        return
    with opened(here) as at:
        thread_id = text_of(thread.id(messages.place_of(at)))
        for party in parties:
            if party != sender:
                unread = messages.standing(at.connection, thread_id, party).unread
                here.courier.tell(Notice(party, str(thread), unread))
