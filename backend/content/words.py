"""Words: plain text in UTF-8, in which a few signs of Markdown are shown.

Shown are paragraphs, headings, lists, quotes, code, emphasis, rules, links to `https:` and
`ipfs:`, and pictures of this store (`![what it shows](ipfs://bafkrei...)`). HTML is shown as the
text it is. Parsed by markdown-it (CommonMark).
"""

from __future__ import annotations

import unicodedata
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from backend.content.kinds import MAX_WORDS
from backend.content.refused import Refused
from backend.terms.cid import digest_of

LINKS = ("https://", "ipfs://")
_KEPT_CONTROLS = "\n\t"
_NEVER = ("Cc", "Cs", "Co", "Cn")  # control, surrogate, private, unassigned
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # bidirectional


def checked_words(data: bytes) -> str:
    """Raises Refused for what is no text, too long, or made to look like other text."""
    if len(data) > MAX_WORDS:
        raise Refused(f"words of {len(data)} bytes; at most {MAX_WORDS} are taken")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("it is neither text in UTF-8 nor a picture (JPEG, PNG or WebP)") from None
    for sign in text:
        if sign in _KEPT_CONTROLS:
            continue
        if unicodedata.category(sign) in _NEVER or sign in _TURNING:
            raise Refused(f"the sign U+{ord(sign):04X} cannot stand in words")
    if unicodedata.normalize("NFC", text) != text:
        raise Refused("the text must be in Unicode's normal form C, so that it has one hash")
    if not text.strip():
        raise Refused("there are no words in it")
    return text


def shown(text: str, content_path: str) -> str:
    """The words as HTML that is safe to put into a page. Pictures are read from `content_path`,
    which ends in a slash."""
    return str(_READER.render(text, {"content_path": content_path}))


def _is_safe(url: str) -> bool:
    return url.lower().startswith(LINKS)


def _picture(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: Any,
    environment: MutableMapping[str, Any],
) -> str:
    """A picture of this store; anything else is shown as its words."""
    token = tokens[place]
    address = str(token.attrs.get("src", ""))
    cid = address.removeprefix("ipfs://")
    words = renderer.renderInlineAsText(token.children, options, environment)
    try:
        digest_of(cid)
    except ValueError:
        return _escaped(words)
    path = _escaped(str(environment["content_path"]) + cid)
    return f'<img src="{path}" alt="{_escaped(words)}" loading="lazy">'


def _link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: Any,
    environment: MutableMapping[str, Any],
) -> str:
    """Away from the market, which tells the other place nothing."""
    tokens[place].attrSet("rel", "nofollow noopener noreferrer ugc")
    tokens[place].attrSet("target", "_blank")
    return renderer.renderToken(tokens, place, options, environment)


def _escaped(text: str) -> str:
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    reader.disable(["html_block", "html_inline", "reference"])
    reader.validateLink = _is_safe  # type: ignore[method-assign]
    reader.add_render_rule("image", _picture)
    reader.add_render_rule("link_open", _link)
    return reader


_READER = _reader()
