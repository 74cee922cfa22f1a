"""Words as HTML: whatever they are, nothing but what the subset has comes out."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.content.words import shown
from backend.terms.cid import cid_of

CID = cid_of(bytes(range(32)))
TAGS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "hr",
    "br",
    "a",
    "img",
}
NAMES = {"a": {"href", "rel", "target", "title"}, "img": {"src", "alt", "loading"}}
PARTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,x)",
    '[a](https://x.example/"onclick=alert(1))',
    '[a](<https://x.example> "t\\" onclick=x")',
    "![a](https://x.example/pixel.png)",
    f'!["><b>](ipfs://{CID})',
    f"![a](ipfs://{CID}/../../x)",
    "&lt;b&gt; &#60;b&#62;",
    "<https://x.example>",
    "[a]: javascript:x",
    "`<b>`",
    "    <b>",
    "> # a\n> - b",
    "*",
    "[",
    "](",
    "\n\n",
]


class Checker(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            start = {("ol", "start"), ("code", "class")}
            assert name in NAMES.get(tag, set()) or (tag, name) in start
            if name == "href":
                assert (value or "").lower().startswith(("https://", "ipfs://"))
            if name == "src":
                assert value == f"/content/{CID}"


def check(text: str) -> None:
    checker = Checker()
    checker.feed(shown(text, "/content/"))
    checker.close()


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=8).map(" ".join))
def test_only_what_is_safe_comes_out_C5(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", [">" * 5_000, "[" * 5_000, "*" * 5_000, "- " * 5_000])
def test_what_nests_without_end_is_shown_too_C5(text: str) -> None:
    check(text)


def test_what_the_subset_has_is_shown() -> None:
    page = shown(f"# A bicycle\n\n- *red*\n\n![the bell](ipfs://{CID})", "/content/")
    assert "<h1>A bicycle</h1>" in page
    assert "<li><em>red</em></li>" in page
    assert f'<img src="/content/{CID}" alt="the bell" loading="lazy">' in page
