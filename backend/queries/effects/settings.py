"""The settings of governor and timelock, the guardian, and whose trades earn reputation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from backend.queries.effects.effect import Change, Effect, Reader, Values, field_change, flag
from backend.terms.standing import SETTINGS, Standing


def _set_escrow(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    escrow, listed = str(values["escrow"]), bool(values["listed"])
    was = escrow in standing.escrows
    changes: tuple[Change, ...] = ()
    if was != listed:
        changes = (Change(f"reputation.{escrow}", flag(was), flag(listed), "flag"),)
    note = f"trades of this escrow {'earn' if listed else 'no longer earn'} reputation"
    escrows = standing.escrows | {escrow} if listed else standing.escrows - {escrow}
    return Effect(changes, notes=(note,)), replace(standing, escrows=escrows)


def _dismiss_guardian(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    note = "the guardian can cancel no proposal any more"
    return Effect((Change("guardianDismissed", "false", "true", "flag"),), notes=(note,)), standing


def _setting_reader(name: str) -> Reader:
    setting = SETTINGS[name]

    def read(values: Values, standing: Standing) -> tuple[Effect, Standing]:
        (new,) = (int(value) for value in values.values())
        old = standing.settings.get(name)
        changes = field_change(
            standing, setting.contract, setting.bounds, name, old, new, setting.unit
        )
        notes = () if changes else ("it is that already",)
        return Effect(changes, notes=notes), replace(
            standing, settings={**standing.settings, name: new}
        )

    return read


READERS: Mapping[tuple[str, str], Reader] = {
    ("Reputation", "setEscrow"): _set_escrow,
    ("MarketGovernor", "dismissGuardian"): _dismiss_guardian,
    **{(each.contract, each.setter): _setting_reader(name) for name, each in SETTINGS.items()},
}
