"""What was said in the story: kept under the hash that is on the chain, or shown as missing."""

from collections.abc import Iterator

from backend.terms.cid import cid_of, content_hash
from scripts.check_deployment import Finding
from scripts.local.service import Service
from scripts.story import Stage
from scripts.story.court import case_id

LOST = ("photo from before it was sent",)  # whoever showed this has it no longer


def compare_words(stage: Stage, service: Service) -> Iterator[Finding]:
    """Every text is given out as it was hashed, and the evidence tells which of it is there."""
    for text in stage.words:
        path = f"/api/v1/content/{cid_of(content_hash(text))}"
        answer = service.client.get(path)
        expected = (404, None) if text in LOST else (200, text)
        found = (answer.status_code, answer.text if answer.status_code == 200 else None)
        yield Finding(f'content "{text}"', expected, found)
    states = {
        "0x" + content_hash(text).hex(): "missing" if text in LOST else "kept"
        for text in stage.words
    }
    for name in stage.cases:
        case = "0x" + case_id(stage, name).hex()
        for shown in service.get(f"/disputes/{case}/evidence")["items"]:
            content = shown["content"]
            what = f"evidence about {name}, {content['cid']}"
            yield Finding(what, states[content["hash"]], content["state"])
