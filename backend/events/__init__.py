"""Decoded events as frozen dataclasses, and the way from logs to them."""

from backend.events.decode import Decoder, Record, UnknownEvent, readable
from backend.events.event import Envelope, Event

__all__ = ["Decoder", "Envelope", "Event", "Record", "UnknownEvent", "readable"]
