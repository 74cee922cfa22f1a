"""The terms of each type: bounds, steps, order, and who may change them (D4, D7)."""

import pytest

from tests.contracts.expect import plain, reverts, word
from tests.contracts.governor.conftest import (
    DAY,
    HOUR,
    NOTICE,
    TERMS_BOUNDS,
    ZERO,
    types_setup,
)
from tests.contracts.governor.typed import DIFFERENT

FIELDS = tuple(TERMS_BOUNDS)
LATER = 2**40
OLD = (2_000, 6_000, 10 * DAY)


def replaced(terms, place, value):
    return (*terms[:place], value, *terms[place + 1 :])


@pytest.fixture(scope="module")
def keeper(members):
    """Stands for the timelock."""
    return members.dave


@pytest.fixture(scope="module")
def deploy(ProposalTypes, members, keeper, rule_book, escrow):
    def with_(timelock=keeper, rule_book=rule_book, escrow=escrow, **changed):
        given = types_setup(timelock, rule_book, escrow, **changed)
        return members.deployer.deploy(ProposalTypes, given)

    return with_


@pytest.fixture(scope="module")
def table(deploy):
    """Four types in the middle of the bounds, and the last above them by a step."""
    return deploy(terms=(OLD, OLD, OLD, OLD, (2_500, 6_500, 17 * DAY)))


def test_constructor_keeps_what_it_is_given(deploy, keeper, rule_book, escrow):
    made = deploy(terms=DIFFERENT)
    assert (made.timelock(), made.ruleBook(), made.escrow()) == (keeper, rule_book, escrow)
    assert made.notice() == NOTICE
    for name, bounds in TERMS_BOUNDS.items():
        assert plain(made.boundsOf(word(name))) == bounds
    assert plain(made.boundsOf(word("quorum"))) == (0, 0, 0, 0)
    for place, terms in enumerate(DIFFERENT):
        assert plain(made.termsOf(1 << place, 0)) == terms
    told = [plain(dict(one)) for one in made.tx.events["ProposalTermsSet"]]
    assert [(one["proposalType"], one["effectiveAt"]) for one in told] == [
        (place, 0) for place in range(1, 6)
    ]
    assert [(one["oldTerms"], one["newTerms"]) for one in told] == [
        ((0, 0, 0), terms) for terms in DIFFERENT
    ]


@pytest.mark.parametrize("missing", ["timelock", "rule_book", "escrow"])
def test_constructor_zero_address(deploy, missing):
    with reverts("ProposalTypes_ZeroAddress"):
        deploy(**{missing: ZERO})


WRONG = {
    "quorumBps": [(0, 4_000, 1, NOTICE), (400, 5_001, 1, NOTICE)],
    "approvalBps": [(4_999, 8_000, 1, NOTICE), (5_000, 9_001, 1, NOTICE)],
    "delay": [(0, DAY, 1, NOTICE), (HOUR, 365 * DAY + 1, 1, NOTICE)],
}


@pytest.mark.parametrize("name", FIELDS)
def test_constructor_bad_bounds(deploy, name):
    smallest, largest, step, _ = TERMS_BOUNDS[name]
    unordered = (largest, smallest, step, NOTICE)
    stuck = (smallest, largest, 0, NOTICE)
    for bounds in (*WRONG[name], unordered, stuck):
        with reverts("ProposalTypes_BadBounds", word(name)):
            deploy(**{f"{name}_bounds": bounds})


def test_constructor_bad_notice(deploy):
    for notice in (0, 365 * DAY + 1):
        with reverts("ProposalTypes_BadBounds", word("quorumBps")):
            deploy(quorumBps_bounds=(400, 4_000, 500, notice))
    for name in FIELDS[1:]:
        other = (*TERMS_BOUNDS[name][:3], NOTICE + 1)
        with reverts("ProposalTypes_BadBounds", word(name)):
            deploy(**{f"{name}_bounds": other})


@pytest.mark.parametrize("place", range(3))
def test_constructor_terms_out_of_bounds(deploy, place):
    name = FIELDS[place]
    smallest, largest, *_ = TERMS_BOUNDS[name]
    for value in (smallest - 1, largest + 1):
        terms = (replaced(OLD, place, value), *(OLD,) * 4)
        with reverts("ProposalTypes_OutOfBounds", word(name), value, smallest, largest):
            deploy(terms=terms)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("kind", [1, 2, 3, 4])
def test_constructor_a_type_stricter_than_anything(deploy, place, kind):
    stricter = replaced(OLD, place, OLD[place] + 1)
    terms = [OLD] * 5
    terms[kind - 1] = stricter
    with reverts(
        "ProposalTypes_StricterThanAnything", kind, word(FIELDS[place]), OLD[place] + 1, OLD[place]
    ):
        deploy(terms=terms)


@pytest.mark.parametrize("kind", [1, 2, 3, 4])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("direction", [-1, 1])
def test_setTerms_by_the_largest_step(table, keeper, chain, kind, place, direction):
    step = TERMS_BOUNDS[FIELDS[place]][2]
    new = replaced(OLD, place, OLD[place] + direction * step)
    told = table.setTerms(kind, new, {"from": keeper}).events["ProposalTermsSet"]
    effective = chain[-1].timestamp + NOTICE
    assert plain(dict(told)) == {
        "proposalType": kind,
        "effectiveAt": effective,
        "oldTerms": OLD,
        "newTerms": new,
    }
    assert plain(table.termsOf(1 << kind - 1, effective - 1)) == OLD
    assert plain(table.termsOf(1 << kind - 1, effective)) == new
    others = 15 ^ 1 << kind - 1
    assert plain(table.termsOf(others, LATER)) == OLD


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("direction", [-1, 1])
def test_setTerms_by_more_than_a_step(table, keeper, place, direction):
    name = FIELDS[place]
    step = TERMS_BOUNDS[name][2]
    value = OLD[place] + direction * (step + 1)
    with reverts("ProposalTypes_StepTooLarge", word(name), OLD[place], value, step):
        table.setTerms(1, replaced(OLD, place, value), {"from": keeper})


@pytest.mark.parametrize("place", range(3))
def test_setTerms_out_of_bounds(table, keeper, place):
    name = FIELDS[place]
    smallest, largest, *_ = TERMS_BOUNDS[name]
    for value in (0, smallest - 1, largest + 1):
        with reverts("ProposalTypes_OutOfBounds", word(name), value, smallest, largest):
            table.setTerms(1, replaced(OLD, place, value), {"from": keeper})


@pytest.mark.parametrize("place", range(3))
def test_setTerms_stricter_than_anything(deploy, keeper, place):
    """Neither by raising one, nor by lowering the last."""
    table = deploy(terms=(OLD,) * 5)
    name, value = word(FIELDS[place]), OLD[place]
    with reverts("ProposalTypes_StricterThanAnything", 3, name, value + 1, value):
        table.setTerms(3, replaced(OLD, place, value + 1), {"from": keeper})
    with reverts("ProposalTypes_StricterThanAnything", 1, name, value, value - 1):
        table.setTerms(5, replaced(OLD, place, value - 1), {"from": keeper})
    table.setTerms(5, replaced(OLD, place, value + 1), {"from": keeper})
    table.setTerms(3, replaced(OLD, place, value + 1), {"from": keeper})


def test_setTerms_no_moment_at_which_a_type_is_stricter_than_anything(deploy, keeper, chain):
    """Both wait for the same notice: the order of the votes is the order of their effects."""
    table = deploy(terms=(OLD,) * 5)
    higher = (2_300, 6_300, 12 * DAY)
    for kind in (5, 1, 4):
        table.setTerms(kind, higher, {"from": keeper})
        chain.mine(timestamp=chain[-1].timestamp + 5)
    last = chain[-1].timestamp + NOTICE
    for snapshot in range(last - 40, last + 2):
        anything = plain(table.termsOf(16, snapshot))
        for kind in range(4):
            one = plain(table.termsOf(1 << kind, snapshot))
            assert all(a <= b for a, b in zip(one, anything, strict=True))


def test_setTerms_while_a_change_is_pending(table, keeper, chain):
    """One step per notice."""
    table.setTerms(2, (2_100, 6_000, 10 * DAY), {"from": keeper})
    effective = chain[-1].timestamp + NOTICE
    with reverts("ProposalTypes_ChangePending", 2, effective):
        table.setTerms(2, (2_200, 6_000, 10 * DAY), {"from": keeper})
    table.setTerms(3, (2_100, 6_000, 10 * DAY), {"from": keeper})
    chain.mine(timestamp=effective)
    table.setTerms(2, (2_200, 6_000, 10 * DAY), {"from": keeper})
    assert plain(table.termsOf(2, LATER)) == (2_200, 6_000, 10 * DAY)


def test_setTerms_nothing_changed(table, keeper):
    with reverts("ProposalTypes_NothingChanged"):
        table.setTerms(1, OLD, {"from": keeper})


def test_setTerms_type_zero(table, keeper):
    with reverts("ProposalTypes_UnknownType", 0):
        table.setTerms(0, OLD, {"from": keeper})


def test_setTerms_by_anyone(table, members):
    for account in (members.deployer, members.alice, members.guardian, members.stranger):
        with reverts("ProposalTypes_NotTimelock", account):
            table.setTerms(1, OLD, {"from": account})
