"""The people of a chain on one's own machine, for whom its node signs.

Such a chain is told by its number, 31337, and by its node, which is on this machine. Any other
chain has nobody to be: this answers 404 there whatever is asked, and no key is ever given out.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import APIRouter

from backend.api import problem_types as types
from backend.api.context import At, Context, Here, Names
from backend.api.errors import Problem
from backend.api.openapi import reading
from backend.api.schemas.base import AmountOut, BlockOut
from backend.api.schemas.local import LocalOut, PersonOut
from backend.people import JURORS, Person
from backend.terms.offer import ZERO_ADDRESS

router = APIRouter(tags=["status"])

CHAIN_ID = 31_337
OPERATORS = (Person.DEPLOYER, Person.GUS)
MEMBERS = (Person.MARA, Person.NOOR, Person.OLU)
COIN = 10**18


@router.get("/local", responses=reading(types.NOT_LOCAL))
def get_local(here: Here, at: At, names: Names) -> LocalOut:
    """Where the node is, and who can be tried out; nothing of it on any other chain."""
    if not is_local(here):
        raise Problem(types.NOT_LOCAL, f"chain {at.chain_id} is not one of this machine")
    return LocalOut(
        rpc_url=here.settings.rpc_url,
        coin=AmountOut.of(ZERO_ADDRESS, COIN, names),
        people=[PersonOut(name=one.title, account=one.address, role=_role(one)) for one in Person],
        as_of=BlockOut.of(at.block),
    )


def is_local(here: Context) -> bool:
    """Whether this is a chain that anybody may do anything on."""
    return here.deployment.chain_id == CHAIN_ID and _is_here(here.settings.rpc_url)


def nodes_of(here: Context) -> tuple[str, ...]:
    """Origins that the pages may ask besides this service: the node of a local chain."""
    return (_origin(here.settings.rpc_url),) if is_local(here) else ()


def _role(one: Person) -> str:
    if one in OPERATORS:
        return "operator"
    if one in JURORS:
        return "juror"
    return "member" if one in MEMBERS else "trader"


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
