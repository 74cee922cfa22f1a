"""Pictures to send: good ones, and those that are something else as well."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = b"52 deg 22' N, 4 deg 53' E"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    mode = "RGB" if kind == "JPEG" else "RGBA"
    found = Image.linear_gradient("L").resize(size).convert(mode)
    found.save(out, kind, **options)
    return out.getvalue()


def with_a_place() -> bytes:
    """A photo that says where it was taken, and how the camera was held: on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = PLACE.decode()
    return picture(exif=exif, comment=PLACE)


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that says it has `side` x `side` pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def zip_of_names() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as found:
        for number in range(2_000):
            found.writestr(f"../../etc/{number}", b"")
    return out.getvalue()


def picture_and_program() -> bytes:
    """A JPEG that is a zip as well, and a page."""
    return picture() + b"<script>alert(1)</script>" + zip_of_names()
