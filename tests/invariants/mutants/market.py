"""Bugs of the Escrow, the RuleBook and Reputation: all fuzzing and invariants look for them."""

from tests.invariants.mutants.bug import Bug

ESCROW, OPENING = "contracts/market/Escrow.sol", "contracts/market/Opening.sol"
TRADES, OFFERS = "contracts/market/TradeBook.sol", "contracts/market/OfferDesk.sol"
VAULT, VERSIONS = "contracts/market/Vault.sol", "contracts/governance/RuleVersions.sol"
REPUTATION, LEDGER = "contracts/governance/Reputation.sol", "contracts/governance/UnitLedger.sol"
SPLIT, WORD = "contracts/libraries/SplitMath.sol", "contracts/libraries/TradeWord.sol"

MARKET = (
    Bug(
        "fee rounded up",
        SPLIT,
        "fee = toPerformer * feeBps / BPS;",
        "fee = (toPerformer * feeBps + BPS - 1) / BPS;",
    ),
    Bug(
        "a performer pays a fee on its own money",
        SPLIT,
        "if (tranche.funder() != tranche.performer()) {",
        "if (true) {",
    ),
    Bug(
        "closed without asking whether it is final",
        ESCROW,
        "if (seat.cell.isFinal()) _revertWrongStatus(seat, index);\n"
        "        if (performerBps > BPS)",
        "if (performerBps > BPS)",
    ),
    Bug("credit not cleared", VAULT, "delete _credits[account][asset];", ""),
    Bug("fee taken, and credited to nobody", ESCROW, "_credit(seat.asset, _treasury, fee);", ""),
    Bug(
        "a refused payment is lost",
        VAULT,
        "_credits[to][asset] += amount;\n            emit",
        "emit",
    ),
    Bug(
        "a token that returns false counts as paid",
        VAULT,
        "default { ok := and(gt(returndatasize(), 0x1f), eq(mload(0), 1)) }",
        "default { ok := 1 }",
    ),
    Bug(
        "a token that takes a fee is not noticed",
        VAULT,
        "if (received < needed) revert Escrow_ReceivedLess(asset, received, needed);",
        "received;",
    ),
    Bug(
        "late by a second is in time",
        ESCROW,
        "if (block.timestamp > dueAt) revert Escrow_TooLate",
        "if (block.timestamp > dueAt + 1) revert Escrow_TooLate",
    ),
    Bug(
        "expired a second early",
        ESCROW,
        "if (block.timestamp <= dueAt) revert Escrow_NotDue",
        "if (block.timestamp < dueAt) revert Escrow_NotDue",
    ),
    Bug(
        "disputes follow the newest rules",
        TRADES,
        "rules = _ruleBook.disputeRules(pin.rulesVersion());\n        return",
        "rules = _ruleBook.disputeRules(_ruleBook.currentVersion());\n        return",
    ),
    Bug(
        "the fingerprint leaves the pin out",
        "contracts/libraries/OfferHash.sol",
        "bytes32(Pin.unwrap(pin)))) >> 128",
        "bytes32(0))) >> 128",
    ),
    Bug(
        "a cell spills into the next",
        WORD,
        "(word & ~(uint256(type(uint32).max) << shift)) | (uint256(cell) << shift)",
        "word | (uint256(cell) << shift)",
    ),
    Bug(
        "the signature of one maker is not looked at",
        OFFERS,
        "_checkSignature(party, digest, signatures[signed++]);",
        "if (signed++ != 0) _checkSignature(party, digest, signatures[signed - 1]);",
    ),
    Bug(
        "a pause stops closing",
        ESCROW,
        "if (performerBps > BPS) revert Escrow_BadSplit(performerBps);",
        "_ruleBook.quote(1, address(0));",
    ),
    Bug(
        "rules in force without their notice",
        VERSIONS,
        "next.effectiveAt = uint40(Math.max(block.timestamp + notice, head.effectiveAt()));",
        "next.effectiveAt = uint40(Math.max(block.timestamp, head.effectiveAt()));",
    ),
    Bug("a new version has no jury", VERSIONS, "_juries[version] = jury;", ""),
    Bug("claimed twice", REPUTATION, "isClaimed[escrow][tradeId] = true;", ""),
    Bug(
        "points count from the claim",
        REPUTATION,
        "half * indexAt(state.since)",
        "half * indexAt(block.timestamp)",
    ),
    Bug(
        "a cap counts what was cut off",
        REPUTATION,
        "earned.total = total + units;",
        "earned.total = total + earning.units;",
    ),
    Bug(
        "a claim mints but the last tranche of an account",
        REPUTATION,
        "dues.units[i] += units;",
        "dues.units[i] = units;",
    ),
    Bug(
        "fault costs nothing",
        REPUTATION,
        "_add(dues, account, -units.toInt256());",
        "",
    ),
    Bug(
        "the side that was right pays for the fault",
        REPUTATION,
        "_add(dues, account, -units.toInt256());",
        "_add(dues, counterparty, -units.toInt256());",
    ),
    Bug(
        "fault without a cap",
        REPUTATION,
        "side = Math.min(earning.units, _perCounterparty * earning.capIndex);",
        "side = earning.units;",
    ),
    Bug(
        "a deposit knows no fault",
        REPUTATION,
        "isRuled ? _wholeFee(tranche, trade.pin)",
        "isRuled && tranche.funder() != tranche.performer() ? _wholeFee(tranche, trade.pin)",
    ),
    Bug(
        "half of what is burned stays",
        LEDGER,
        "unitsOf[account] = own - units;",
        "unitsOf[account] = own - units / 2;",
    ),
    Bug(
        "what is burned leaves the votes",
        LEDGER,
        "_transferVotingUnits(account, address(0), units);",
        "",
    ),
    Bug(
        "what is owed is forgiven",
        LEDGER,
        "_beyond[account] = -owed.toInt256();",
        "_beyond[account] = 0;",
    ),
    Bug(
        "nobody can be a delegate",
        LEDGER,
        "delegatee == address(0) ? account : delegatee",
        "delegatee",
    ),
    Bug(
        "a quorum without a floor",
        "contracts/governance/GovernorPoints.sol",
        "_quorumFloor * _indexAt(timepoint)",
        "0",
    ),
)
