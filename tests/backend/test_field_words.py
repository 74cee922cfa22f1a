"""Every field that a vote can set has words in every language of the pages."""

import re
from pathlib import Path

import pytest

from backend.terms.attestations import CLAIM_NAMES
from backend.terms.jury import FIELDS
from backend.terms.standing import PROPOSAL_TYPES, SETTINGS, ProposalTerms

WORDS = Path(__file__).parents[2] / "web/src/words"
KEY = re.compile(r'^  "?([\w.]+)"?:', re.MULTILINE)
OTHER_FIELDS = (
    "feeBps",
    "arbitrator",
    "rulingPeriod",
    "defaultPerformerBps",
    "asset.allowed",
    "asset.rate",
    "attestor",
    "reputation",
    "credit",
    "treasury",
    "guardianDismissed",
)
NEEDED = {
    *(f"field.{name}" for name in (*OTHER_FIELDS, *FIELDS, *SETTINGS)),
    *(f"field.terms.{name}" for name in ProposalTerms.UNITS),
    *(f"type.{name}" for name in PROPOSAL_TYPES),
    *(f"claim.{name}" for name in CLAIM_NAMES.values()),
    "flag.true",
    "flag.false",
}


@pytest.mark.parametrize("language", [path.name for path in WORDS.iterdir() if path.is_dir()])
def test_no_field_claim_or_flag_is_without_words(language):
    told = set(KEY.findall((WORDS / language / "proposals.ts").read_text()))
    assert sorted(NEEDED - told) == []
