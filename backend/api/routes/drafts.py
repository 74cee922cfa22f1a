"""Drafting proposals, and trying them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak
from fastapi import APIRouter, Depends

from backend.abi import load
from backend.api import problem_types as types
from backend.api.asking import asked_node
from backend.api.bodies import REFUSALS, only_json
from backend.api.context import Context, Here, opened, wait_for_block
from backend.api.deeds import raw_calls, read_calls, told_calls
from backend.api.drafting import calls_for, description_of
from backend.api.errors import Problem
from backend.api.openapi import problems, reading
from backend.api.routes.governance import ProposalId, find
from backend.api.schemas.base import BlockOut
from backend.api.schemas.draft import DraftIn
from backend.api.schemas.drafted import DraftOut, TransactionOut
from backend.api.schemas.proposal import ProposalTupleOut, TermsOut
from backend.api.schemas.simulation import SimulationAtOut
from backend.api.trial import execute_for_trial
from backend.chain.contract import Contract
from backend.chain.errors import NodeRefused
from backend.chain.node import Node
from backend.queries.assets import names_of_assets
from backend.queries.calls import Call
from backend.queries.effects import Effect, effects_of
from backend.queries.proposal_types import names_of
from backend.queries.proposals import find_proposal
from backend.queries.standing import standing_at
from backend.terms.calldata import RawCall, described, hash_proposal, propose
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.standing import Standing

router = APIRouter(tags=["governance"])

ASKING = (types.NODE_UNREACHABLE, types.NODE_OTHER_CHAIN)
Waited = Annotated[None, Depends(wait_for_block)]


@router.post(
    "/proposals/draft",
    responses=problems(
        *REFUSALS,
        types.DRAFT_CONFLICT,
        types.DRAFT_INCOMPLETE,
        types.NOT_READY,
        types.DATABASE_BUSY,
        types.BLOCK_NOT_INDEXED,
        *ASKING,
        types.ANSWER_TOO_SLOW,
        types.BROKEN,
    ),
    dependencies=[Depends(only_json)],
)
def draft_proposal(here: Here, wanted: DraftIn, _waited: Waited) -> DraftOut:
    """A proposal of these changes, for a wallet to send: calls, differences, bounds and steps in
    words, and what its execution would do now. A draft that the contracts would refuse is given
    too, and says why. Nothing is kept, and nothing is sent."""
    with opened(here) as at:
        standing = standing_at(at)
        raw = calls_for(wanted.changes, standing)
        calls = read_calls(at, raw)
        effects, _ = effects_of(calls, standing)
        text = wanted.description or description_of(effects)
        description = described(text, wanted.proposer)
        number = hash_proposal(raw, description)
        exists = find_proposal(at, number) is not None
        names, as_of = names_of_assets(at, here.settings.coin), BlockOut.of(at.block)
    with asked_node(here) as node:
        _check_index(node, here, standing)
        holdings = _holdings(node, standing.treasury, effects, calls)
        kinds, terms = _types(node, here, standing, raw)
        simulation = execute_for_trial(node, here.deployment, raw)
    return DraftOut(
        proposal_id=str(number),
        exists=exists,
        types=kinds,
        terms=terms,
        description=description,
        arguments=ProposalTupleOut(
            targets=[call.target for call in raw],
            values=[str(call.value) for call in raw],
            calldatas=["0x" + call.data.hex() for call in raw],
            description_hash="0x" + keccak(text=description).hex(),
        ),
        propose=TransactionOut(
            to=standing.contracts["MarketGovernor"],
            value="0",
            data="0x" + propose(raw, description).hex(),
        ),
        calls=told_calls(names, calls, replace(standing, holdings=holdings)),
        simulation=simulation,
        as_of=as_of,
    )


@router.get(
    "/proposals/{proposalId}/simulation", responses=reading(types.UNKNOWN_PROPOSAL, *ASKING)
)
def simulate_proposal(here: Here, proposal_id: ProposalId, _waited: Waited) -> SimulationAtOut:
    """What would happen if a proposal were executed now, whether or not it may be: for one that is
    not executed yet."""
    with opened(here) as at:
        raw = raw_calls(find(at, proposal_id))
        as_of = BlockOut.of(at.block)
    with asked_node(here) as node:
        simulation = execute_for_trial(node, here.deployment, raw)
    return SimulationAtOut(simulation=simulation, as_of=as_of)


def _check_index(node: Node, here: Context, standing: Standing) -> None:
    """What is left out of a change is taken from the index, so that it must know the newest rules.

    Problem: it does not yet.
    """
    book = Contract(node, "RuleBook", here.deployment.address("RuleBook"), load("RuleBook"))
    found = int(book.call("latestVersion"))
    if found != standing.version:
        raise Problem(
            types.BLOCK_NOT_INDEXED,
            f"the rules are at version {found}, and the index at {standing.version}",
            retry_after=1,
            minBlock=node.head().number,
        )


def _types(
    node: Node, here: Context, standing: Standing, calls: Sequence[RawCall]
) -> tuple[list[str], TermsOut]:
    """As the contract reads these calls; its terms are for the snapshot of a proposal made now."""
    address = here.deployment.address("ProposalTypes")
    contract = Contract(node, "ProposalTypes", address, load("ProposalTypes"))
    found = contract.call(
        "typesOf",
        [call.target for call in calls],
        [call.value for call in calls],
        [call.data for call in calls],
    )
    snapshot = node.head().time + standing.settings.get("votingDelay", 0)
    quorum, approval, delay = contract.call("termsOf", found, snapshot)
    return names_of(found), TermsOut(quorum_bps=quorum, approval_bps=approval, delay=delay)


def _holdings(
    node: Node, treasury: str, effects: Sequence[Effect], calls: Sequence[Call]
) -> Mapping[str, int]:
    """What the treasury has of each asset that the draft moves, as far as the tokens tell."""
    moved = {payment.asset for effect in effects for payment in effect.payments}
    moved |= {
        str(argument.value)
        for call in calls
        if call.function == "withdraw"
        for argument in call.arguments
        if argument.name == "asset"
    }
    found: dict[str, int] = {}
    for asset in sorted(moved):
        if asset == ZERO_ADDRESS:
            found[asset] = node.balance(treasury)
            continue
        if not node.has_code(asset):
            continue
        token = Contract(node, "Token", asset, load("Token"))
        try:
            found[asset] = int(token.call("balanceOf", treasury))
        except (NodeRefused, DecodingError):
            continue
    return found
