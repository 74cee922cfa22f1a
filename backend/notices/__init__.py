"""Telling accounts that something is unread: which conversation, and how much. Never what.

Off unless a setting names a web hook or a mail server. What is lost on the way is lost: the unread
counts of the API are the truth.
"""

from backend.notices.courier import Courier
from backend.notices.notice import Channel, Notice, NoticeError, Undeliverable

__all__ = ["Channel", "Courier", "Notice", "NoticeError", "Undeliverable"]
