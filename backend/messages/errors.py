"""What can be wrong with a message.

MessageError
 +-- BadKey         a key, or the publication of one, does not hold
 +-- BadMessage     a message or a part of it does not hold
 +-- LostKey        it is sealed to a key that is not at hand
 +-- BadDisclosure  what is shown does not prove what it claims
"""

from __future__ import annotations


class MessageError(ValueError):
    """The message says what is wrong, in a sentence."""


class BadKey(MessageError):
    """A key, or its publication, does not hold."""


class BadMessage(MessageError):
    """A message, or a part of it, does not hold."""


class LostKey(MessageError):
    """The message was sealed to another key than those at hand, or to nobody here."""


class BadDisclosure(MessageError):
    """It does not prove what it claims."""
