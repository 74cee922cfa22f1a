"""What a review or a reply says: taken in, kept for its author alone, and given to the store.

The chain has its hash only. Before a review is revealed its words are nowhere but in a file of
their author: the store is open to everybody.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backend.cli.content.sending import send_content
from backend.cli.review.place import Place
from backend.cli.terminal import CommandError, say
from backend.content import Refused, accept
from backend.settings import Settings
from backend.terms.reviews import NO_CONTENT, Sides

Words = Annotated[
    str | None, typer.Option("--words", metavar="TEXT", help="What you say; plain text.")
]
WordsFile = Annotated[
    str | None, typer.Option("--file", metavar="FILE", help="The same in a file, or a picture.")
]


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, as it was given: a picture is drawn anew by the store, and by `digest`."""

    data: bytes

    @property
    def digest(self) -> bytes:
        """The hash on the chain. Raises CommandError for what no store takes in."""
        if not self.data:
            return NO_CONTENT
        try:
            return accept(self.data).digest
        except Refused as error:
            raise CommandError(f"This cannot be said in a review: {error}.") from None


NOTHING = Content(b"")


def read_words(words: str | None, file: str | None) -> Content | None:
    """As the options have it; None if neither is given."""
    if words is not None and file is not None:
        raise CommandError("Give --words or --file, not both.")
    if words is not None:
        return Content(words.encode())
    if file is None:
        return None
    try:
        return Content(Path(file).read_bytes())
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def kept_at(settings: Settings, sides: Sides, *, reply: bool = False) -> Path:
    """The file in which words wait until they may be read: beside the database."""
    database = settings.database
    beside = Path("var") if "://" in database else Path(database).parent
    name = f"0x{sides.trade_id.hex()}-{sides.author}-{sides.subject}{'-reply' * reply}"
    return beside / "reviews" / name


def keep(settings: Settings, sides: Sides, content: Content, *, reply: bool = False) -> Path:
    """Writes it, readable for its owner only. The file of a review that was never sent is written
    over."""
    path = kept_at(settings, sides, reply=reply)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as opened:
            opened.write(content.data)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def kept(settings: Settings, sides: Sides) -> Content:
    """What waits there; nothing if there is no such file."""
    path = kept_at(settings, sides)
    try:
        return Content(path.read_bytes())
    except FileNotFoundError:
        return NOTHING
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def publish(place: Place, content: Content, path: Path | None) -> None:
    """Gives the words of what stands on the chain to the store, and ends the file at `path`. The
    review stands without them: a store that does not answer is told of, and is no failure."""
    if not content.data:
        return
    try:
        told = send_content(place.api, place.market, place.at.account, content.data)
    except CommandError as error:
        where = "FILE" if path is None else str(path)
        say(f"The words are not in the market's store yet. {error}")
        say(f"Nobody can read them before: `commonhold content add {where}`, later.")
        return
    say(f"Its words can be read by all: {told['cid']}")
    if path is not None:
        path.unlink(missing_ok=True)
