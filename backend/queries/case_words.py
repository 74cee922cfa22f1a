"""What happened in a case, in words: who, and what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from backend.terms.court import CLOSINGS, DECISIONS, PANEL_STATES, SIDES, STATUSES, Side

Args = Mapping[str, Any]
WEI = 10**18


@dataclass(frozen=True, slots=True)
class Told:
    """`who` is None where the event does not say whose act it was."""

    who: str | None
    words: str


def told(name: str, args: Args, case: Row[Any]) -> Told:
    """An event of the Court, or of the Escrow about the tranche; integers are decimal strings."""
    who, words = WORDS[name]
    if who is not None:
        who = args[who] if who in args else _side_of(case, who)
    return Told(who, words(args))


def _side_of(case: Row[Any], who: str) -> str:
    """The account of a side; `opener` deposited first, `joiner` second."""
    opener = Side(case.depositor)
    side = {"opener": opener, "joiner": opener.other}.get(who) or Side(who)
    return str(case.performer if side == Side.PERFORMER else case.checker)


def share(args: Args) -> str:
    """For the performer, in percent."""
    whole, part = divmod(int(args["performerBps"]), 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + " %"


def coin(value: str) -> str:
    whole, part = divmod(int(value), WEI)
    return f"{whole}.{part:018d}".rstrip("0").rstrip(".") + " coin"


def _seat(args: Args) -> str:
    return f"seat {args['seat']} of round {args['round']}"


def _panel(args: Args) -> str:
    again = ", drawn again" if args["attempt"] == "1" else ""
    return f"the panel of round {args['round']}{again}"


def _side(args: Args) -> str:
    return SIDES[int(args["side"])]


def _opened(args: Args) -> str:
    side = SIDES[int(args["depositor"])]
    return f"opened the case as the {side}, and deposited {coin(args['deposit'])}"


def _period(args: Args) -> str:
    return f"the {STATUSES[int(args['status'])]} period of round {args['round']} began"


def _funded(args: Args) -> str:
    whole = "all" if args["total"] == args["needed"] else coin(args["total"])
    return (
        f"put up {coin(args['amount'])} for the {_side(args)}'s appeal against the ruling of round"
        f" {args['round']}: that side has {whole} of {coin(args['needed'])}"
    )


def _failed(args: Args) -> str:
    state = PANEL_STATES[int(args["state"])]
    if state == "missing":
        return f"{_panel(args)} was not filled in time"
    return f"{_panel(args)} was silent: {args['reveals']} of {args['needed']} revealed"


REASONS = {
    "jury": "by the last ruling of a jury",
    "missingDeposit": "the other side did not deposit",
    "missingAppeal": "the other side did not answer the appeal",
    "noPanel": "no panel could rule: the default split",
}
CLOSED = {
    "ruled": "the Escrow carried the ruling out",
    "declined": "the Escrow split by the default",
    "settled": "the tranche had been closed without the court",
}


def _decided(args: Args) -> str:
    decision = DECISIONS[int(args["decision"])]
    what = "" if decision == "noPanel" else f"{share(args)} to the performer: "
    return f"the case was decided: {what}{REASONS[decision]}"


def _settled(args: Args) -> str:
    paid, slashed = (int(args[name]).bit_count() for name in ("paid", "slashed"))
    return (
        f"{_panel(args)} was settled: {paid} jurors were paid {coin(args['feeShare'])} each,"
        f" {slashed} lost stake"
    )


def _split(what: str) -> Callable[[Args], str]:
    return lambda args: f"{what}: {share(args)} to the performer"


def _always(words: str) -> Callable[[Args], str]:
    return lambda _: words


# Of each event: which argument says who, and the words.
WORDS: Mapping[str, tuple[str | None, Callable[[Args], str]]] = {
    "CaseOpened": ("opener", _opened),
    "CaseJoined": ("joiner", lambda a: f"joined the case, and deposited {coin(a['deposit'])}"),
    "PeriodStarted": (None, _period),
    "PanelRequested": (
        None,
        lambda a: f"a seed was asked for {_panel(a)}, of {a['jurors']} jurors",
    ),
    "JurorDrawn": ("juror", lambda a: f"was drawn for {_seat(a)}"),
    "JurorStruck": ("juror", lambda a: f"was struck from {_seat(a)}: it traded with a side"),
    "VoteCommitted": ("juror", lambda a: f"committed at {_seat(a)}"),
    "VoteRevealed": (
        "juror",
        lambda a: f"revealed at {_seat(a)}: {share(a)} to the performer",
    ),
    "VoteDenounced": ("by", lambda a: f"denounced the vote of {a['juror']} at {_seat(a)}"),
    "PanelFailed": (None, _failed),
    "PanelRuled": (
        None,
        lambda a: f"the panel of round {a['round']} ruled: {share(a)} to the performer",
    ),
    "AppealFunded": ("by", _funded),
    "CaseDecided": (None, _decided),
    "CaseClosed": (None, lambda a: f"the case was closed: {CLOSED[CLOSINGS[int(a['how'])]]}"),
    "RoundSettled": (None, _settled),
    "AppealClaimed": (
        "contributor",
        lambda a: f"was credited {coin(a['amount'])} of the appeal of round {a['round']}",
    ),
    "EvidenceSubmitted": ("party", _always("showed evidence")),
    "TranchePerformed": ("performer", _always("said to have performed")),
    "TrancheDisputed": ("checker", _always("disputed")),
    "TrancheAccepted": ("checker", _always("accepted")),
    "TrancheRefunded": ("performer", _always("gave up")),
    "TrancheLapsed": (None, _always("the review ran out in silence")),
    "TrancheMissed": (None, _always("the performer did not perform in time")),
    "TrancheSplit": (None, _split("the sides agreed on a split")),
    "TrancheRuled": (None, _split("the Escrow paid out as ruled")),
    "TrancheDefaulted": (None, _split("the Escrow paid out the default split")),
}
