"""Who may give labels."""

from __future__ import annotations

from dataclasses import replace

from backend.queries.effects.effect import Change, Effect, Values, flag
from backend.terms.attestations import CLAIM_NAMES, CLAIM_WORDS, Claim
from backend.terms.standing import MOST_ATTESTORS, Check, Standing


def set_attestor(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    """Of calldata that names no claim, nothing can be told: the contract refuses it."""
    attestor, allowed = str(values["attestor"]), bool(values["allowed"])
    number = int(values["claim"])
    if number not in set(Claim):
        check = Check(False, f"there is no claim {number}")
        return Effect(checks=(check,)), standing
    claim = Claim(number)
    name = CLAIM_NAMES[claim]
    pair = (attestor, name)
    was = pair in standing.attestors
    words = CLAIM_WORDS[claim]
    if was == allowed:
        text = f"{attestor} {'may' if was else 'may not'} attest `{words}` as it is"
        return Effect(checks=(Check(False, text),)), standing
    count = sum(claimed == name for _, claimed in standing.attestors)
    checks = []
    if allowed:
        text = f"{count} attest `{words}`; at most {MOST_ATTESTORS} may"
        checks.append(Check(count < MOST_ATTESTORS, text))
    change = Change(f"attestor.{name}.{attestor}", flag(was), flag(allowed), "flag", tuple(checks))
    note = (
        f"may attest `{words}` of any account, and offers may ask for that label"
        if allowed
        else f"may attest `{words}` no more; what it attested holds until anybody strikes it"
    )
    after = standing.attestors | {pair} if allowed else standing.attestors - {pair}
    effect = Effect((change,), notes=(f"{attestor} {note}",))
    return effect, replace(standing, attestors=after)
