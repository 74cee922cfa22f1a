"""What leaves the treasury, and what comes to it."""

from __future__ import annotations

from dataclasses import replace

from backend.queries.effects.effect import Change, Effect, Payment, Values
from backend.terms.standing import Check, Standing


def withdraw(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    account, asset, to = (str(values[name]) for name in ("account", "asset", "to"))
    if account != standing.treasury:
        return Effect(notes=(f"pays out what the Escrow owes {account}",)), standing
    owed = standing.credits.get(asset, 0)
    changes = [Change(f"credit.{asset}", str(owed), "0", "asset")]
    after = replace(standing, credits={**standing.credits, asset: 0})
    note = f"pays out what the Escrow owes the treasury: {owed} base units now, fees until then too"
    checks = () if owed else (Check(False, "the Escrow owes the treasury nothing in this asset"),)
    if to != standing.treasury:
        return Effect(tuple(changes), (Payment(asset, to, owed),), checks, (note,)), after
    if asset in standing.holdings:
        held = standing.holdings[asset]
        changes.append(Change(f"treasury.{asset}", str(held), str(held + owed), "asset"))
        after = replace(after, holdings={**standing.holdings, asset: held + owed})
    return Effect(tuple(changes), checks=checks, notes=(note,)), after


def transfer(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    to = str(values["to"])
    return pay(str(values["token"]), to, int(values["value"]), standing)


def pay(asset: str, to: str, amount: int, standing: Standing) -> tuple[Effect, Standing]:
    """Coin or tokens of the treasury go to another."""
    payment = (Payment(asset, to, amount),)
    held = standing.holdings.get(asset)
    name = f"treasury.{asset}"
    if to == standing.treasury:
        return Effect(notes=("the treasury pays itself",)), standing
    if held is None:
        return Effect((), payment), standing
    enough = Check(held >= amount, f"the treasury has {held} base units and pays {amount}")
    left = max(held - amount, 0)
    change = Change(name, str(held), str(left) if enough.holds else None, "asset", (enough,))
    return Effect((change,), payment), replace(
        standing, holdings={**standing.holdings, asset: left}
    )
