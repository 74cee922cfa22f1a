"""What a market is deployed with, as data: the profiles `local` and `live`, and files over them."""

from scripts.parameters.file import read
from scripts.parameters.model import (
    GOODS,
    POINT,
    Asset,
    Bounds,
    Genesis,
    Governor,
    Guardian,
    Jury,
    JuryBounds,
    ParameterError,
    Parameters,
    Reputation,
    Rules,
    Terms,
    Timelock,
    Types,
)
from scripts.parameters.profiles import PROFILES, load

__all__ = [
    "GOODS",
    "POINT",
    "PROFILES",
    "Asset",
    "Bounds",
    "Genesis",
    "Governor",
    "Guardian",
    "Jury",
    "JuryBounds",
    "ParameterError",
    "Parameters",
    "Reputation",
    "Rules",
    "Terms",
    "Timelock",
    "Types",
    "load",
    "read",
]
