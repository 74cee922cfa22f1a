"""Pictures: decoded and drawn anew, so that only what is seen is kept.

A camera writes into a file where and when it was made, and a file that is a picture may be a
program as well. Neither outlives being drawn anew. Decoded by Pillow.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from backend.content.kinds import KEPT_SIDE, MAX_PIXELS, MAX_SIDE, Kind
from backend.content.refused import Refused

_FORMATS = {"JPEG": Kind.JPEG, "PNG": Kind.PNG, "WEBP": Kind.WEBP}
_QUALITY = 85


def kind_of(data: bytes) -> Kind:
    """What it says of itself in its first bytes; words, if it is no picture by them."""
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    return Kind.WEBP if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else Kind.WORDS


def redrawn(data: bytes) -> tuple[Kind, bytes]:
    """Of the same format, turned upright, no side longer than 2,048 pixels, the first frame only.

    Raises Refused for what cannot be decoded, and before decoding for what would be too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as picture:
                _check_size(*picture.size)
                kind = _FORMATS[str(picture.format)]
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                return kind, _drawn(upright, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(f"the picture would have more than {MAX_PIXELS:,} pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused(f"the picture cannot be decoded: {error}") from None


def _check_size(width: int, height: int) -> None:
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise Refused(
            f"the picture has {width} x {height} pixels; at most {MAX_SIDE:,} a side and"
            f" {MAX_PIXELS:,} in all are taken"
        )


def _drawn(picture: Image.Image, kind: Kind) -> bytes:
    """From the pixels alone: nothing else of the file is copied."""
    see_through = kind is not Kind.JPEG and picture.has_transparency_data
    pixels = picture.convert("RGBA" if see_through else "RGB")
    pixels.thumbnail((KEPT_SIDE, KEPT_SIDE))
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    if kind is Kind.PNG:
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG" if kind is Kind.JPEG else "WEBP", quality=_QUALITY)
    return out.getvalue()
