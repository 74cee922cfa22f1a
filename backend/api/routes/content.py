"""Words and pictures, by the hash that speaks of them."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import AfterValidator
from starlette.concurrency import run_in_threadpool

from backend.api import keeping
from backend.api import problem_types as types
from backend.api.context import ROOT, Context, Here
from backend.api.errors import Problem, malformed
from backend.api.fields import AddressIn, Bytes32In, SignatureIn
from backend.api.openapi import problems
from backend.api.reader import asked
from backend.api.schemas.content import UploadedOut
from backend.content import Accepted, Altered, Kind, Refused, StoreError, accept
from backend.content.pictures import kind_of
from backend.content.words import shown
from backend.terms.cid import cid_of, content_hash, digest_of
from backend.terms.signatures import digest_of as signed_digest_of
from backend.terms.signatures import recover
from backend.terms.upload import Upload

router = APIRouter(tags=["content"])

LONGEST_SIGNATURE = 3_600  # seconds that a signed upload may hold
FOR_EVER = "public, max-age=31536000, immutable"
ALONE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"

READS = (
    types.MALFORMED,
    types.CONTENT_MISSING,
    types.CONTENT_ALTERED,
    types.STORE_UNREACHABLE,
    types.ANSWER_TOO_SLOW,
    types.BROKEN,
)
UPLOADS = (
    types.MALFORMED,
    types.CONTENT_REFUSED,
    types.UPLOAD_NOT_SIGNED,
    types.UPLOAD_EXPIRED,
    types.TOO_MUCH_CONTENT,
    types.BODY_TOO_LARGE,
    types.BODY_TOO_SLOW,
    types.TOO_MANY_REQUESTS,
    types.STORE_UNREACHABLE,
    types.DATABASE_BUSY,
    types.NODE_UNREACHABLE,
    types.NODE_OTHER_CHAIN,
    types.ANSWER_TOO_SLOW,
    types.BROKEN,
)


def _checked_cid(text: str) -> str:
    digest_of(text)
    return text


Cid = Annotated[str, Path(description="bafkrei..."), AfterValidator(_checked_cid)]
HTML = {"text/html": {"schema": {"type": "string"}}}
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


@router.post(
    "/content",
    status_code=201,
    responses=problems(*UPLOADS),
    openapi_extra={"requestBody": {"required": True, "content": BYTES}},
)
async def post_content(
    here: Here,
    request: Request,
    response: Response,
    uploader: Annotated[AddressIn, Header(alias="Commonhold-Uploader")],
    expires_at: Annotated[
        int,
        Header(alias="Commonhold-Expires", ge=0, lt=2**40, description="Wall clock, unix seconds."),
    ],
    signature: Annotated[SignatureIn, Header(alias="Commonhold-Signature")],
) -> UploadedOut:
    """Keep words or a picture. The body is the bytes themselves; the uploader's wallet signs
    `Upload` (EIP-712) over their SHA2-256. A picture is drawn anew, without what its camera wrote
    into it: the answer has the hash to put on the chain. To send the same again does no harm
    (200)."""
    sent = await request.body()
    upload = Upload(here.deployment.chain_id, here.escrow, content_hash(sent), uploader, expires_at)
    kept, is_new = await run_in_threadpool(_keep, here, upload, sent, bytes.fromhex(signature[2:]))
    response.status_code = 201 if is_new else 200
    told = UploadedOut.of(kept)
    response.headers["Location"] = told.href
    return told


def _keep(here: Context, upload: Upload, sent: bytes, signature: bytes) -> tuple[Accepted, bool]:
    left = upload.expires_at - int(time.time())
    if not 0 < left <= LONGEST_SIGNATURE:
        raise Problem(
            types.UPLOAD_EXPIRED, f"it holds for {left} seconds", seconds=LONGEST_SIGNATURE
        )
    digest = signed_digest_of(upload.message())
    by_key = recover(digest, signature) == upload.uploader
    if not by_key and not asked(here, upload.uploader, digest, signature):
        raise Problem(
            types.UPLOAD_NOT_SIGNED,
            f"{upload.uploader} did not sign that",
            contentHash="0x" + upload.content_hash.hex(),
            chainId=upload.chain_id,
            escrow=upload.escrow,
        )
    try:
        accepted = accept(sent)
    except Refused as error:
        raise Problem(types.CONTENT_REFUSED, str(error)) from error
    return accepted, keeping.keep(here, upload.uploader, accepted, len(sent))


@router.get(
    "/content/by-hash/{contentHash}",
    responses={200: {"content": BYTES}, **problems(*READS)},
    response_class=Response,
)
def find_content(
    here: Here, content_hash: Annotated[Bytes32In, Path(alias="contentHash")]
) -> Response:
    """The content that a hash on the chain speaks of."""
    cid = cid_of(bytes.fromhex(content_hash[2:]))
    data, kind = _read(here, cid)
    return Response(data, media_type=kind.media_type, headers=_headers(cid))


@router.get(
    "/content/{cid}",
    responses={200: {"content": BYTES}, **problems(*READS)},
    response_class=Response,
)
def get_content(here: Here, cid: Cid, request: Request) -> Response:
    """The content itself: words as plain text, or a picture. It never changes."""
    if _has_it(request, cid):
        return Response(status_code=304, headers=_headers(cid))
    data, kind = _read(here, cid)
    return Response(data, media_type=kind.media_type, headers=_headers(cid))


@router.get(
    "/content/{cid}/shown",
    responses={200: {"content": HTML}, **problems(*READS)},
    response_class=Response,
)
def show_content(here: Here, cid: Cid) -> Response:
    """Words as a piece of HTML: a safe part of Markdown, of which HTML is no part."""
    data, kind = _read(here, cid)
    if kind is not Kind.WORDS:
        raise malformed([(["path", "cid"], "this is a picture, and has no words")])
    page = shown(data.decode(), f"{ROOT}/content/")
    return Response(page, media_type="text/html; charset=utf-8", headers=_headers(cid + "-shown"))


def _has_it(request: Request, cid: str) -> bool:
    return f'"{cid}"' in request.headers.get("if-none-match", "")


def _headers(tag: str) -> dict[str, str]:
    return {
        "ETag": f'"{tag}"',
        "Cache-Control": FOR_EVER,
        "Content-Security-Policy": ALONE,
        "Content-Disposition": "inline",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _read(here: Context, cid: str) -> tuple[bytes, Kind]:
    """The bytes, and what they are. Problem: there are none, or others."""
    try:
        data = here.content.get(digest_of(cid))
    except Altered as error:
        raise Problem(types.CONTENT_ALTERED, str(error), cid=cid) from error
    except StoreError as error:
        raise keeping.unreachable(error) from error
    if data is None:
        raise Problem(types.CONTENT_MISSING, f"nothing is kept as {cid}", cid=cid)
    return data, kind_of(data)
