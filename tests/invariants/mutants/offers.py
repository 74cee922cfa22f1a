"""Bugs of budgets, and of what an offer asks of its takers."""

from tests.invariants.mutants.bug import Bug

BUDGETS, OPENING = "contracts/market/Budgets.sol", "contracts/market/Opening.sol"
GATE, DESK = "contracts/market/Gate.sol", "contracts/market/OfferDesk.sol"
ALL = "MarketInvariants"

OFFERS = (
    Bug(
        "a fill takes nothing of its budget",
        BUDGETS,
        "_budgets[offerHash] = budget - amount;",
        "_budgets[offerHash] = budget;",
        ALL,
    ),
    Bug(
        "a budget that is too small pays",
        BUDGETS,
        "if (budget < amount) revert Escrow_NoBudget(offerHash, budget, amount);",
        "if (budget < amount) amount = budget;",
        ALL,
    ),
    Bug(
        "a budget is unlocked while fills can be opened",
        BUDGETS,
        "if (!_isOver(c, offerHash, sponsor)) revert Escrow_OfferStillHolds(offerHash);",
        "",
        ALL,
    ),
    Bug("a budget is unlocked twice", BUDGETS, "delete _budgets[offerHash];", "", ALL),
    Bug(
        "anyone locks the sponsor's money",
        BUDGETS,
        "if (msg.sender != sponsor) revert Escrow_NotSponsor(msg.sender);",
        "",
        ALL,
    ),
    Bug(
        "more is locked than all fills take",
        BUDGETS,
        "amount == 0 || budget > perFill * c.fills()",
        "amount == 0",
        ALL,
    ),
    Bug("the sponsor pays again at the opening", OPENING, "owed[sponsor] = 0;", "", ALL),
    Bug(
        "a budget is locked for an offer that is over",
        BUDGETS,
        "if (_isOver(c, offerHash, sponsor)) revert Escrow_OfferIsOver(offerHash);",
        "",
        ALL,
    ),
    Bug(
        "a locked token that takes a fee is not noticed",
        BUDGETS,
        "_checkReceived(offer.asset, before, amount);",
        "",
        "tests/contracts/escrow/test_lock_budget.py",
    ),
    Bug(
        "a budget is locked beyond the start",
        DESK,
        "(c.startsAt() != 0 && block.timestamp > c.startsAt())",
        "false",
        "tests/contracts/escrow/test_lock_budget.py",
    ),
    Bug(
        "one label of several is enough",
        GATE,
        "if (missing != 0) revert Escrow_MissingLabels",
        "if (missing == c.labels() && missing != 0) revert Escrow_MissingLabels",
        "tests/contracts/escrow/test_gate.py",
    ),
    Bug(
        "a point less is enough",
        GATE,
        "if (points < needed)",
        "if (points + 1 < needed)",
        "tests/contracts/escrow/test_gate.py",
    ),
)
