"""Follows the logs one by one; what a log of the court says is compared with what it must say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from scripts.recompute.logs import EVENTS, Log
from scripts.recompute.panel import JuryRules, Panel, Seat, State, median, shares
from scripts.recompute.seeds import Seeds
from scripts.recompute.stakes import Stakes, drawn

EVIDENCE, COMMIT = 2, 3  # CaseStatus
BY_JURY = 1  # Decision
_OF_POOL, _OF_RANDOMNESS = (
    {text.split("(")[0] for text in EVENTS[contract]} for contract in ("pool", "randomness")
)


@dataclass
class Case:
    """`attempt` is that of the present round; `last_ruling` that of the last panel that ruled."""

    sides: tuple[str, str]
    rules: JuryRules
    status: int = 0
    round: int = 0
    attempt: int = 0
    last_ruling: int = 0
    panels: dict[tuple[int, int], Panel] = field(default_factory=dict)

    @property
    def panel(self) -> Panel:
        return self.panels[self.round, self.attempt]


@dataclass
class Replay:
    """`differences` are in words; `checked` counts what was compared, by the name of the log."""

    chain_id: int
    court: str
    randomness: str
    stakes: Stakes = field(default_factory=Stakes)
    seeds: Seeds = field(init=False)
    rules: dict[int, JuryRules] = field(default_factory=dict)
    cases: dict[bytes, Case] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.seeds = Seeds(self.chain_id, self.randomness)

    def run(self, logs: Iterable[Log]) -> list[str]:
        for log in logs:
            try:
                self._take(log)
            except (KeyError, IndexError) as error:
                self._differs(log, f"tells of what no log before it explains ({error!r})")
        return self.differences

    def _take(self, log: Log) -> None:
        if log.name in _OF_POOL:
            self._note_short(self.stakes.take(log))
        elif log.name in _OF_RANDOMNESS:
            self.checked[log.name] += 1
            for why in self.seeds.take(log, self.stakes):
                self._differs(log, why)
        elif log.name == "JuryRulesSet":
            self.rules[log["version"]] = JuryRules.of_log(log["rules"])
        elif log.name == "CaseOpened":
            version = max(v for v in self.rules if v <= log["rulesVersion"])
            sides = (log["performer"], log["checker"])
            self.cases[log["caseId"]] = Case(sides, self.rules[version])
        else:
            getattr(self, f"_{log.name}")(log, self.cases[log["caseId"]])

    # One for each log of the court

    def _PeriodStarted(self, log: Log, case: Case) -> None:
        case.status = log["status"]
        if log["status"] != EVIDENCE:
            return
        failed = case.panels.get((log["round"], 0))
        case.round, case.attempt = log["round"], 0 if failed is None else 1
        size = ((case.rules.jurors + 1) << case.round) - 1
        case.panels[case.round, case.attempt] = Panel(size)

    def _PanelRequested(self, log: Log, case: Case) -> None:
        panel = case.panels[log["round"], log["attempt"]]
        self._compare(log, "jurors", panel.size)
        panel.request_id, panel.leaves = log["requestId"], self.stakes.at(log["epoch"])
        self._watch(case, panel)

    def _JurorDrawn(self, log: Log, case: Case) -> None:
        """All draws up to this one fell on nobody who could sit, and this one on the juror."""
        panel, seed = case.panel, self.seeds.known[case.panel.request_id]
        self.checked[log.name] += 1
        while panel.draws < log["draw"]:
            found = drawn(panel.leaves, self._number(log, case, seed, panel.draws))
            holder = found[0] if found else ""
            if not panel.passes_over(case.sides, found) and holder not in panel.short:
                self._differs(log, f"draw {panel.draws} fell on {holder}, passed over")
            panel.draws += 1
        panel.draws += 1
        found = drawn(panel.leaves, self._number(log, case, seed, log["draw"]))
        if found is None or found[0] != log["juror"]:
            self._differs(log, f"draw {log['draw']} falls on {found and found[0]}")
        elif panel.passes_over(case.sides, found):
            self._differs(log, f"{found[0]} must not sit on the panel")
        position = found[1] if found else -1
        self._compare(log, "seat", panel.first_free)
        panel.seats[log["seat"]] = Seat(log["juror"], position)
        self._watch(case, panel)

    def _JurorStruck(self, log: Log, case: Case) -> None:
        seat = case.panel.seats[log["seat"]]
        self._compare(log, "juror", seat.juror)
        if case.status == EVIDENCE:
            case.panel.banned.add(seat.position)
            del case.panel.seats[log["seat"]]
            self._watch(case, case.panel)
        else:
            seat.is_struck = True

    def _VoteCommitted(self, log: Log, case: Case) -> None:
        seat = case.panel.seats[log["seat"]]
        self._compare(log, "juror", seat.juror)
        seat.commitment = log["commitment"]

    def _VoteRevealed(self, log: Log, case: Case) -> None:
        seat = case.panel.seats[log["seat"]]
        self._compare(log, "juror", seat.juror)
        types = ["uint256", "address", "bytes32", "uint256", "uint256", "address", "uint256"]
        values = [self.chain_id, self.court, log["caseId"], case.round, case.attempt, seat.juror]
        opened = keccak(encode([*types, "bytes32"], [*values, log["performerBps"], log["salt"]]))
        self.checked[log.name] += 1
        if opened != seat.commitment:
            self._differs(log, "is not what the seat committed to")
        seat.vote = log["performerBps"]

    def _VoteDenounced(self, log: Log, case: Case) -> None:
        case.panel.seats[log["seat"]].is_denounced = True
        self._compare(log, "amount", case.rules.seat_stake - case.rules.slash)

    def _PanelFailed(self, log: Log, case: Case) -> None:
        panel = case.panels[log["round"], log["attempt"]]
        panel.state = State(log["state"])
        self._compare(log, "reveals", len(panel.votes))
        self._compare(log, "needed", panel.size // 2 + 1)

    def _PanelRuled(self, log: Log, case: Case) -> None:
        panel = case.panel
        panel.state = State.RULED
        self._compare(log, "reveals", len(panel.votes))
        if len(panel.votes) <= panel.size // 2:
            self._differs(log, "too few revealed for a ruling")
        case.last_ruling = median(panel.votes) if panel.votes else -1
        self._compare(log, "performerBps", case.last_ruling)

    def _CaseDecided(self, log: Log, case: Case) -> None:
        if log["decision"] == BY_JURY:
            self._compare(log, "performerBps", case.last_ruling)

    def _RoundSettled(self, log: Log, case: Case) -> None:
        panel = case.panels[log["round"], log["attempt"]]
        if panel.state is State.SITTING:  # the parties settled before it ruled
            panel.state = State.DISMISSED
        for name, value in shares(panel, case.rules, case.last_ruling).items():
            self._compare(log, name, value)

    # How it is done

    def _number(self, log: Log, case: Case, seed: int, draw: int) -> int:
        types = ["uint256", "bytes32", "uint256", "uint256", "uint256"]
        values = [seed, log["caseId"], case.round, case.attempt, draw]
        return int.from_bytes(keccak(encode(types, values)))

    def _watch(self, case: Case, panel: Panel) -> None:
        """From here on, who is short of stake?"""
        holders = {holder for _, holder, _ in panel.leaves}
        panel.short = {h for h in holders if self.stakes.free(h) < case.rules.seat_stake}

    def _note_short(self, juror: str) -> None:
        """A draw that passes somebody over leaves no log: any time since the last one counts."""
        for case in self.cases.values():
            if case.status == EVIDENCE and self.stakes.free(juror) < case.rules.seat_stake:
                case.panel.short.add(juror)

    def _compare(self, log: Log, name: str, expected: object) -> None:
        self.checked[log.name] += 1
        if log[name] != expected:
            self._differs(log, f"says {name} {log[name]}, and should say {expected}")

    def _differs(self, log: Log, why: str) -> None:
        self.differences.append(f"block {log.block}, log {log.index}: {log.name} {why}")
