"""The built pages of the market, from the folder that `make web` fills.

Pages and files share the root with `/api/v1` and the four names of the service (`/docs`, `/health`,
`/ready`, `/status`), which come first. A file of the build is given as it is, by its name. Any
other path is a page where a browser asks for one (`Accept: text/html`): the same document, whose
script reads the path. Everybody else is told that there is no such page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.responses import FileResponse, HTMLResponse

from backend.api import problem_types as types
from backend.api.context import ROOT
from backend.api.errors import Problem
from backend.api.etags import matches

FOLDER = Path(__file__).resolve().parents[1] / "web"
HASHED = "assets/"  # names of files in it have a hash of what is in them
YEAR = 31_536_000  # seconds
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
NOT_BUILT = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Commonhold</title></head>"
    "<body><main><h1>Commonhold</h1><p>The pages are not built. <code>make web</code> builds them;"
    " then start the service again.</p><p><a href='/docs'>The API</a> is there all the same.</p>"
    "</main></body></html>"
)


@dataclass(frozen=True, slots=True)
class File:
    """A built file: where it is, its kind, and its tag."""

    path: Path
    kind: str
    tag: str
    encodings: Mapping[str, Path]


def router_of(folder: Path, nodes: Sequence[str] = ()) -> APIRouter:
    """What answers every path that nothing else does. `nodes` are origins that the pages may ask
    besides this one."""
    router = APIRouter(include_in_schema=False)
    build = Build(folder)
    policy = policy_of(nodes)

    @router.get("/{path:path}")
    @router.head("/{path:path}")
    def get_page(path: str, request: Request) -> Response:
        """A file, or the document of all pages."""
        if f"/{path}/".startswith("/api/"):
            raise Problem(types.NO_SUCH_PAGE, f"there is no /{path}; {ROOT} has the pages")
        files = build.files()
        found = files.get(path)
        if found is not None and path != "index.html":
            return _file(found, request, {"Cache-Control": _freshness(path)})
        if "text/html" not in request.headers.get("accept", ""):
            raise Problem(types.NO_SUCH_PAGE, f"there is no /{path}")
        headers = {
            "Content-Security-Policy": policy,
            "Cache-Control": "no-cache",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Vary": "Accept, Accept-Encoding",
        }
        document = files.get("index.html")
        if document is None:
            return HTMLResponse(NOT_BUILT, 200, headers)
        return _file(document, request, headers)

    return router


def policy_of(nodes: Sequence[str]) -> str:
    """What the pages may load and ask: from here, and a local node; no script or style inline.

    `wasm-unsafe-eval` lets libsodium, which seals messages, run as WebAssembly; no text becomes
    script by it.
    """
    asked = " ".join(("'self'", *nodes))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            f"connect-src {asked}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types svelte-trusted-html",
        )
    )


class Build:
    """The files as they are now: a build that was made since is seen at the next request."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: int | None = None
        self._files: dict[str, File] = {}

    def files(self) -> Mapping[str, File]:
        """By their paths in the folder; empty where nothing is built."""
        try:
            made = (self.folder / "index.html").stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if made != self._made:
            self._files, self._made = _files(self.folder), made
        return self._files


def _files(folder: Path) -> dict[str, File]:
    found: dict[str, File] = {}
    for path in sorted(folder.rglob("*")):
        kind = KINDS.get(path.suffix)
        name = path.relative_to(folder).as_posix()
        if kind is None or not path.is_file() or name.startswith("."):
            continue
        data = path.stat()
        found[name] = File(
            path=path,
            kind=kind,
            tag=f'"{data.st_mtime_ns:x}-{data.st_size:x}"',
            encodings={
                encoding: beside
                for encoding, suffix in ENCODINGS
                if (beside := path.with_name(path.name + suffix)).is_file()
            },
        )
    return found


def _file(found: File, request: Request, headers: Mapping[str, str]) -> Response:
    told = {"ETag": found.tag, "Vary": "Accept-Encoding", **headers}
    if matches(request.headers.get("if-none-match", ""), found.tag):
        return Response(status_code=304, headers=told)
    accepted = _accepted(request.headers.get("accept-encoding", ""))
    for encoding, path in found.encodings.items():
        if encoding in accepted:
            encoded = {**told, "Content-Encoding": encoding}
            return FileResponse(path, headers=encoded, media_type=found.kind)
    return FileResponse(found.path, headers=told, media_type=found.kind)


def _accepted(header: str) -> set[str]:
    """Names of encodings that a client takes; those it refuses (q=0) are left out."""
    names = set()
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            names.add(name.strip())
    return names


def _freshness(path: str) -> str:
    return f"public, max-age={YEAR}, immutable" if path.startswith(HASHED) else "no-cache"
