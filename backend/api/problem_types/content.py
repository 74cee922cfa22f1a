"""Content, and condition reports."""

from __future__ import annotations

from backend.api.problem_types.kind import new

REPORT_REFUSED = new(
    "report-refused",
    400,
    "The condition report is not signed as it should be",
    "Only parties of the trade sign: the EIP-712 signature of `ConditionReport` by `party`, or one"
    " its contract accepts (ERC-1271).",
)
TOO_MANY_REPORTS = new(
    "too-many-reports",
    429,
    "Too many condition reports",
    "`limit` is the most that a party may sign in a trade.",
)

CONTENT_REFUSED = new(
    "content-refused",
    400,
    "This content is not taken in",
    "Words in UTF-8, or a picture (JPEG, PNG, WebP); `detail` says what is wrong with it.",
)
UPLOAD_NOT_SIGNED = new(
    "upload-not-signed",
    400,
    "The upload is not signed by its uploader",
    "The EIP-712 signature of `Upload` for this `chainId` and `escrow`, over the SHA2-256 of the"
    " bytes as they are sent.",
)
UPLOAD_EXPIRED = new(
    "upload-expired",
    400,
    "The signature of the upload holds no longer, or for too long",
    "`Commonhold-Expires` is unix seconds, in the future and at most `seconds` from now.",
)
TOO_MUCH_CONTENT = new(
    "too-much-content",
    429,
    "Too much content",
    "`limit` is the most in bytes: of one uploader in a day, or of all together.",
)
CONTENT_MISSING = new(
    "content-missing",
    404,
    "Nothing is kept under this hash",
    "Who has it can upload it: its hash proves it.",
)
CONTENT_ALTERED = new(
    "content-altered",
    502,
    "What is kept under this hash is not what it was",
    "It is never given out; who has it can upload it again.",
)
STORE_UNREACHABLE = new(
    "content-store-unreachable",
    503,
    "The store of content does not answer",
    "Ask again after `Retry-After`.",
)
