"""The story of a market in real transactions, from a signed offer to a vote that takes effect.

    for step in STORY:
        told = step.play(stage)

Every person signs with an own key; every step says who did it, the gas, and what changed.
"""

from scripts.story.plot import MARKET, SEEDS, STORY, play
from scripts.story.stage import Opened, Signed, Stage, StoryError, Told
from scripts.story.steps import Step

__all__ = [
    "MARKET",
    "SEEDS",
    "STORY",
    "Opened",
    "Signed",
    "Stage",
    "Step",
    "StoryError",
    "Told",
    "play",
]
