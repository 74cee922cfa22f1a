"""`commonhold juror stake`, `leave` and `withdraw`."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.juror.desk import Deed, Desk, DryRun, Stakes, desk
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.terms.plain.money import Money
from backend.terms.words import moment, points

LARGEST = 2**96 - 1  # what the pool can hold for one juror


@explained
def stake(
    amount: Annotated[str, typer.Argument(help="In whole units, such as 0.5.")],
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Add to your stake, so that you can be drawn for juries.

    Where jurors stake a token, the pool is allowed exactly this amount first.
    """
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        stakes = at.stakes()
        value = _read(amount, stakes.money)
        if value == 0:
            raise CommandError("A stake of nothing changes nothing: give an amount, such as 0.5.")
        _check_size(at, stakes, value)
        deeds = [] if stakes.token is None else list(_allow(at, stakes, value))
        coin = value if stakes.token is None else 0
        words = f"Stake {stakes.money.show(value)}"
        if at.do(*deeds, Deed(words, at.pool, "stake", (value,), coin)):
            _tell(at, stakes)


@explained
def leave(
    amount: Annotated[
        str, typer.Argument(help="In whole units, such as 0.5; `all`; or 0, to stay after all.")
    ],
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Ask for stake back, in place of what you asked for before.

    It can be withdrawn after the pool's delay, as far as no seat on a jury locks it then.
    """
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        money = at.stakes().money
        staked = int(at.pool.call("stakeOf", at.address)[0])
        value = staked if amount.strip().lower() == "all" else _read(amount, money)
        if staked == 0:
            raise CommandError(f"{at.address} has no stake to ask back.")
        if value > staked:
            raise CommandError(
                f"You have {money.show(staked)} staked: ask for no more, or for `all`."
            )
        words = f"Ask for {money.show(value)} back" if value else "Stay with the whole stake"
        if not at.do(Deed(words, at.pool, "requestLeave", (value,))):
            return
        available = int(at.pool.call("stakeOf", at.address)[3])
        if value:
            say(
                f"{money.show(value)} can be withdrawn from {moment(available)} on, as far as it"
                " is not locked then: run `commonhold juror withdraw`."
            )
        else:
            say("Nothing is asked back any more.")


@explained
def withdraw(
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Take out all that is yours and free: stake asked back, and what you earned."""
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        money = at.stakes().money
        staked, locked, leaving, available = at.pool.call("stakeOf", at.address)
        free = min(leaving, staked - locked)
        deeds = []
        if free and at.now() >= available:
            words = f"Withdraw {money.show(free)} of the stake"
            deeds.append(Deed(words, at.pool, "withdraw"))
        if credit := at.pool.call("creditOf", at.address):
            words = f"Withdraw a credit of {money.show(credit)}"
            deeds.append(Deed(words, at.pool, "withdrawCredit", (at.address, at.address)))
        if credit := at.court.call("creditOf", at.address):
            words = f"Withdraw {at.coin.show(credit)} owed by the Court"
            deeds.append(Deed(words, at.court, "withdraw", (at.address, at.address)))
        if not deeds:
            raise CommandError(_why_nothing(money, staked, locked, leaving, available))
        if at.do(*deeds):
            left = at.pool.call("stakeOf", at.address)[0]
            say(f"Paid to {at.address}. Still staked: {money.show(left)}.")


def _read(text: str, money: Money) -> int:
    try:
        value = money.read(text)
    except ValueError as error:
        raise CommandError(f"{error}. Write it like 0.5.") from None
    if value > LARGEST:
        raise CommandError(f"{text} is more than the pool can hold: {money.show(LARGEST)}.")
    return value


def _check_size(at: Desk, stakes: Stakes, value: int) -> None:
    staked, _, leaving, _ = at.pool.call("stakeOf", at.address)
    least = int(at.pool.call("stakeUnit"))
    if staked + value < leaving + least:
        show = stakes.money.show
        raise CommandError(
            f"At least {show(least)} must stay staked: add {show(leaving + least - staked)} or"
            " more."
        )
    if stakes.token is not None:
        has = int(stakes.token.call("balanceOf", at.address))
        if has < value:
            raise CommandError(f"{at.address} has {stakes.money.show(has)} only.")


def _allow(at: Desk, stakes: Stakes, value: int) -> list[Deed]:
    """Exactly what is staked. Some tokens change an allowance only from or to zero."""
    assert stakes.token is not None
    allowed = stakes.token.call("allowance", at.address, at.pool.address)
    if allowed == value:
        return []
    words = f"Allow the pool to take {stakes.money.show(value)}"
    deeds = [Deed(words, stakes.token, "approve", (at.pool.address, value))]
    if allowed:
        words = "Take back what the pool was allowed before"
        deeds.insert(0, Deed(words, stakes.token, "approve", (at.pool.address, 0)))
    return deeds


def _tell(at: Desk, stakes: Stakes) -> None:
    """What the stake is worth in a draw now."""
    staked = int(at.pool.call("stakeOf", at.address)[0])
    say(f"Your stake is {stakes.money.show(staked)} now.")
    weight = int(at.pool.call("weightOf", at.address))
    if weight:
        epoch = int(at.pool.call("currentEpoch"))
        start, length = at.pool.call("start"), at.pool.call("epochLength")
        say(
            f"Your weight is {weight}: it counts in draws from {moment(start + epoch * length)} on."
        )
    elif not at.pool.call("isDrawable", at.address):
        say("You opted out of being drawn, so that it weighs nothing.")
    else:
        has = int(at.reputation.call("pointsOf", at.address))
        least = int(at.pool.call("tiers")[0][0])
        if has < least:
            say(
                f"It weighs nothing yet: only members with {points(least)} points of reputation"
                f" are drawn, and you have {points(has)}. Points come from closed trades."
            )
        else:
            say("It weighs nothing, because it is asked back.")


def _why_nothing(money: Money, staked: int, locked: int, leaving: int, available: int) -> str:
    if leaving == 0:
        ask = " Ask for your stake back first: `commonhold juror leave AMOUNT`." if staked else ""
        return f"There is nothing to withdraw.{ask}"
    if staked > locked:
        return f"{money.show(leaving)} can be withdrawn from {moment(available)} on, not before."
    return (
        f"All of your {money.show(staked)} is locked by seats on juries. It comes free when their"
        " cases are decided and their rounds settled."
    )
