"""What a call of a proposal would change: old and new value of each field, and whether it may.

Calls are taken in order, each from where the one before leaves things. Only calls that `explain`
could read to the last byte have effects; nothing is told of any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from backend.queries.calls import TOKEN, Call
from backend.queries.effects import attestors, money, rules, settings, terms
from backend.queries.effects.effect import Change, Effect, Payment, Reader
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.standing import Standing

__all__ = ["Change", "Effect", "Payment", "effects_of"]

_READERS: Mapping[tuple[str, str], Reader] = {
    **{("RuleBook", name): reader for name, reader in rules.READERS.items()},
    **settings.READERS,
    (terms.CONTRACT, "setTerms"): terms.set_terms,
    ("Escrow", "withdraw"): money.withdraw,
    ("Attestations", "setAttestor"): attestors.set_attestor,
    (TOKEN, "transfer"): money.transfer,
}

# What changes who may do what, now or later: no difference of values shows it.
DANGERS: Mapping[tuple[str, str], str] = {
    ("MarketTimelock", "grantRole"): "gives somebody a right over the treasury and all rules",
    ("MarketTimelock", "revokeRole"): "takes a right over the treasury and all rules away",
    ("MarketTimelock", "renounceRole"): "gives up a right over the treasury and all rules",
    ("MarketTimelock", "schedule"): "schedules another call, which `data` holds",
    ("MarketTimelock", "scheduleBatch"): "schedules other calls, which `payloads` holds",
    ("MarketTimelock", "execute"): "makes another call, which `payload` holds",
    ("MarketTimelock", "executeBatch"): "makes other calls, which `payloads` holds",
    ("MarketTimelock", "cancel"): "cancels an operation that is queued",
    ("MarketGovernor", "relay"): "makes another call, which `data` holds",
    (TOKEN, "approve"): "lets another account take the treasury's tokens",
    (TOKEN, "permit"): "lets another account take tokens",
    (TOKEN, "transferFrom"): "takes tokens that were approved",
}


def effects_of(calls: Sequence[Call], standing: Standing) -> tuple[list[Effect], Standing]:
    """One for each call; and how things stand after the last."""
    effects = []
    for call in calls:
        effect, standing = _effect_of(call, standing)
        effects.append(effect)
    return effects, standing


def _effect_of(call: Call, standing: Standing) -> tuple[Effect, Standing]:
    effect = Effect()
    if call.contract is not None and call.function is not None:
        key = (call.contract, call.function)
        values = {argument.name: argument.value for argument in call.arguments}
        if call.contract == TOKEN:
            values["token"] = call.target
        if key in _READERS:
            effect, standing = _READERS[key](values, standing)
        elif key in DANGERS:
            effect = Effect(warning=DANGERS[key])
        elif call.warning is None:
            effect = Effect(notes=("no list of fields shows what this does: see its arguments",))
    if call.value == 0:
        return effect, standing
    coin, standing = money.pay(ZERO_ADDRESS, call.target, call.value, standing)
    return (
        replace(
            effect,
            changes=(*effect.changes, *coin.changes),
            payments=(*effect.payments, *coin.payments),
        ),
        standing,
    )
