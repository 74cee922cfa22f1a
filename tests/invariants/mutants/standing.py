"""Bugs of reviews and attestations."""

from tests.invariants.mutants.bug import Bug

REVIEWS, DESK = "contracts/market/Reviews.sol", "tests/contracts/reviews"
ATTESTATIONS, GIVEN = "contracts/governance/Attestations.sol", "tests/contracts/attestations"

STANDING = (
    Bug(
        "a review answers a review",
        REVIEWS,
        "if (_words[tradeId][subject][msg.sender].status() != ReviewStatus.None) {",
        "if (false) {",
        DESK,
    ),
    Bug(
        "one side reveals while the other can still commit",
        REVIEWS,
        "if (block.timestamp <= commitUntil && "
        "_words[tradeId][subject][author].status() == ReviewStatus.None) {",
        "if (false) {",
        DESK,
    ),
    Bug(
        "an open trade is reviewed",
        REVIEWS,
        "if (status < TrancheStatus.Accepted || since > block.timestamp) "
        "revert Reviews_NotClosed(tradeId);",
        "if (since > block.timestamp) revert Reviews_NotClosed(tradeId);",
        DESK,
    ),
    Bug(
        "any party reviews any other",
        REVIEWS,
        "if (_has(trade.parties, t, author) && _has(trade.parties, t, subject)) return;",
        "if (_has(trade.parties, t, author)) return;",
        DESK,
    ),
    Bug(
        "a commitment is bound to no chain",
        REVIEWS,
        "abi.encode(block.chainid, address(this), tradeId,",
        "abi.encode(uint256(0), address(this), tradeId,",
        DESK,
    ),
    Bug(
        "reviews shown together are signed by one side",
        REVIEWS,
        "_checkSigned(tradeId, second, first);",
        "",
        DESK,
    ),
    Bug(
        "the counterpart may change after the signature",
        REVIEWS,
        "commitmentOf(tradeId, other.author, signed.author, other.rating, "
        "other.contentHash, other.salt);",
        "commitmentOf(tradeId, other.author, signed.author, 1, other.contentHash, other.salt);",
        DESK,
    ),
    Bug(
        "the commit window counts from the rounded time",
        REVIEWS,
        "status < TrancheStatus.Split ? since : since + ROUNDED_BY",
        "since",
        DESK,
    ),
    Bug(
        "anyone attests",
        ATTESTATIONS,
        "if (!isAttestor[attester][claim]) revert Attestations_NotAttestor(attester, claim);",
        "",
        GIVEN,
    ),
    Bug(
        "an attestation takes the place of one that holds",
        ATTESTATIONS,
        "if (old.attester != attester && isAttestor[old.attester][claim]) "
        "revert Attestations_Held(uid);",
        "",
        GIVEN,
    ),
    Bug(
        "an old attestation takes the labels of the new one along",
        ATTESTATIONS,
        "if (attestationOf[recipient][claim] == uid) _labels[recipient]",
        "_labels[recipient]",
        GIVEN,
    ),
    Bug(
        "a signed attestation is brought twice",
        ATTESTATIONS,
        "_useCheckedNonce(signer, nonce);",
        "",
        GIVEN,
    ),
    Bug(
        "what a standing attestor attested is struck",
        ATTESTATIONS,
        "if (isAttestor[record.attester][record.claim]) revert "
        "Attestations_AttestorStands(uids[i]);",
        "",
        GIVEN,
    ),
)
