"""`commonhold offer post`: puts a signed offer where others find it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, explained, say
from backend.settings import Settings


@explained
def post(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="What `commonhold offer new --out` has written.")
    ],
    api_url: ApiUrl = None,
) -> None:
    """Put a signed offer where others find it: into the offer book of a market.

    It can be taken on the chain as soon as anybody has it, listed or not.
    """
    body = _read(file)
    api = Api(api_url, Settings.read())
    answer = api.ask("POST", "/offers", body)
    say(f"Posted the offer {answer['hash']}.")
    say(f"`commonhold offer show {answer['hash']}` tells of it.")


def _read(file: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CommandError(
            f"There is no file {file}. `commonhold offer new` writes one with --out."
        ) from None
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        found = None
    body = found.get("post") if isinstance(found, dict) else None
    if isinstance(body, dict):
        return body
    if isinstance(found, dict) and "typedData" in found:
        raise CommandError(
            f"The offer in {file} is not signed. Make it anew with a wallet: --key-file or --as."
        )
    raise CommandError(f"{file} is not what `commonhold offer new` writes.")
