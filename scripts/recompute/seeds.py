"""Seeds of rounds of bonded commitments, from their logs; those of another source are as told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from scripts.recompute.logs import Log
from scripts.recompute.stakes import Stakes, drawn

MOST_DRAWS = 20  # four for each of at most five seed-givers


@dataclass
class Round:
    """`mixed` is the target's hash, once it is known, xor the hashes of the secrets shown."""

    commitments: dict[str, bytes] = field(default_factory=dict)
    mixed: int = 0


@dataclass
class Seeds:
    """Seeds by request; each log is answered with what is wrong with it, in words."""

    chain_id: int
    randomness: str
    known: dict[int, int] = field(default_factory=dict)
    rounds: dict[int, Round] = field(default_factory=dict)

    def take(self, log: Log, stakes: Stakes) -> Iterator[str]:
        if log.name == "SeedSet":
            yield from self._set(log)
        elif log.name == "RoundOpened":
            self.rounds[log["round"]] = Round()
            yield from self._givers(log, stakes)
        else:
            yield from self._follow(log, self.rounds[log["round"]])

    def _follow(self, log: Log, made: Round) -> Iterator[str]:
        if log.name == "SecretCommitted":
            made.commitments[log["giver"]] = log["commitment"]
        elif log.name == "TargetMixed":
            made.mixed ^= int.from_bytes(log["blockHash"])
        else:
            giver, secret = log["giver"], log["secret"]
            types = ["uint256", "address", "uint256", "address", "bytes32"]
            values = [self.chain_id, self.randomness, log["round"], giver, secret]
            if made.commitments.pop(giver) != keccak(encode(types, values)):
                yield "is not what the seed-giver committed to"
            made.mixed ^= int.from_bytes(keccak(encode(["address", "bytes32"], [giver, secret])))

    def _set(self, log: Log) -> Iterator[str]:
        number, seed = log["requestId"], log["seed"]
        self.known[number] = seed
        if number not in self.rounds:
            return
        mixed = self.rounds[number].mixed.to_bytes(32)
        types = ["uint256", "address", "uint256", "bytes32"]
        made = keccak(encode(types, [self.chain_id, self.randomness, number, mixed]))
        if seed != int.from_bytes(made):
            yield f"says seed {seed}, and should say {int.from_bytes(made)}"

    def _givers(self, log: Log, stakes: Stakes) -> Iterator[str]:
        """Each is drawn in turn; passed over is who was drawn before, or has too little free."""
        leaves, left, before = stakes.at(log["epoch"]), list(log["givers"]), set[str]()
        for n in range(MOST_DRAWS):
            if not left:
                return
            values = [log["base"], log["round"], n]
            number = int.from_bytes(keccak(encode(["uint256"] * 3, values)))
            found = drawn(leaves, number)
            holder = found[0] if found else ""
            if holder == left[0]:
                before.add(left.pop(0))
            elif holder not in before and stakes.free(holder) >= stakes.last_lock:
                yield f"passes over {holder}, on whom draw {n} fell"
        if left:
            yield f"names {left[0]}, whom nothing drew"
