"""The indexer and the API of a local market."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from scripts.local.place import Place
from scripts.local.program import Program, ProgramError
from scripts.toolchain.network import rpc

COMMANDS = "backend.cli.main"
READY_SECONDS = 60.0
POLL_SECONDS = 0.1


class ApiError(RuntimeError):
    """An answer of the API that is not 200."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running indexer and API."""

    place: Place
    programs: tuple[Program, ...]
    client: httpx.Client

    def get(self, path: str, **query: str | int) -> Any:
        """The answer to GET /api/v1/... Raises ApiError."""
        answer = self.client.get(f"/api/v1{path}", params=query)
        if answer.status_code != 200:
            raise ApiError(f"GET {path} answered {answer.status_code}: {answer.text[:500]}")
        return answer.json()

    def check(self) -> None:
        """ProgramError if one of the two has ended."""
        for program in self.programs:
            program.check()

    def wait_for_head(self) -> int:
        """Waits until the newest block is indexed and served, and tells its number.

        ProgramError if one of the two ends, or it takes too long.
        """
        head = int(rpc(self.place.rpc_url, "eth_blockNumber"), 16)
        deadline = time.monotonic() + READY_SECONDS
        last = "no answer"
        while time.monotonic() < deadline:
            self.check()
            try:
                indexed = int(self.get("/status")["indexed"]["number"])
                last = f"block {indexed} of {head} is indexed"
                if indexed >= head:
                    return indexed
            except (httpx.TransportError, ApiError) as error:
                last = str(error)
            time.sleep(POLL_SECONDS)
        raise self.programs[0].failed(f"is not at the head after {READY_SECONDS:.0f} s ({last})")

    def run(self, *arguments: str) -> tuple[int, str]:
        """Runs a `commonhold` command on this market; its exit code and output."""
        log = self.place.logs / f"{arguments[0]}.log"
        log.unlink(missing_ok=True)
        with Program(arguments[0], COMMANDS, arguments, self.place.settings, log) as program:
            code = program.process.wait(READY_SECONDS)
        return code, log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serve(place: Place) -> Iterator[Service]:
    """Starts both, and ends them."""
    with ExitStack() as stack:
        programs = tuple(
            stack.enter_context(
                Program(name, COMMANDS, [command], place.settings, place.logs / f"{name}.log")
            )
            for name, command in (("indexer", "index"), ("api", "serve"))
        )
        client = stack.enter_context(
            httpx.Client(base_url=place.api_url, timeout=10.0, trust_env=False)
        )
        yield Service(place, programs, client)


__all__ = ["ApiError", "ProgramError", "Service", "serve"]
