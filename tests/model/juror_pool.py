"""The pool of jurors in plain Python: weights by epoch, and whom a number falls on."""

from dataclasses import dataclass, field

Tiers = tuple[tuple[int, int], ...]


@dataclass
class Juror:
    """Stake, locked and leaving are base units; `multiplier` is of the tier when last read,
    `available_at` (unix seconds) when what leaves can be taken; zero if nothing was asked for."""

    stake: int = 0
    locked: int = 0
    leaving: int = 0
    available_at: int = 0
    multiplier: int = 0
    drawable: bool = True


@dataclass
class JurorPool:
    """Tiers are (least points, multiplier), the lowest first.

    `history[epoch]` is what changed in an epoch: the holder and the weight of positions.
    """

    stake_unit: int
    cap: int
    tiers: Tiers
    jurors: dict[str, Juror] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    free: list[int] = field(default_factory=list)
    weights: dict[int, int] = field(default_factory=dict)
    history: dict[int, dict[int, tuple[str, int]]] = field(default_factory=dict)
    slashed: int = 0
    credits: dict[str, int] = field(default_factory=dict)

    def juror(self, name: str) -> Juror:
        return self.jurors.setdefault(name, Juror())

    def multiplier(self, points: int) -> int:
        return max((times for least, times in self.tiers if points >= least), default=0)

    def reweigh(self, epoch: int, name: str, points: int | None) -> None:
        """Brings a weight up to date; without points the tier stays as it was read last."""
        juror = self.juror(name)
        if points is not None:
            juror.multiplier = self.multiplier(points)
        units = min((juror.stake - juror.leaving) // self.stake_unit, self.cap)
        weight = units * juror.multiplier if juror.drawable else 0
        before = self.weights.get(self.positions.get(name, -1), 0)
        if weight > before and points is None:
            return  # a slash adds no weight, though awards may have come since
        if name not in self.positions:
            if weight == 0:
                return
            self.positions[name] = self.free.pop() if self.free else self._next_position()
        position = self.positions[name]
        if weight != before:
            self.weights[position] = weight
            self.history.setdefault(epoch, {})[position] = (name, weight)

    def release(self, name: str) -> None:
        """Frees the position of a juror who neither weighs nor sits."""
        position = self.positions.get(name)
        if position is None or self.juror(name).locked or self.weights.get(position, 0):
            return
        del self.positions[name]
        self.free.append(position)

    def at(self, epoch: int) -> dict[int, tuple[str, int]]:
        """Who held each position, and with what weight, at the end of an epoch."""
        found: dict[int, tuple[str, int]] = {}
        for past in sorted(self.history):
            if past <= epoch:
                found |= self.history[past]
        return found

    def total(self, epoch: int) -> int:
        return sum(weight for _, weight in self.at(epoch).values())

    def draw(self, epoch: int, number: int) -> tuple[str, int] | None:
        """Whom a number falls on, jurors laid out in the order of their positions."""
        left = number % total if (total := self.total(epoch)) else 0
        for position, (name, weight) in sorted(self.at(epoch).items()):
            if left < weight:
                return name, position
            left -= weight
        return None

    # What others do to stakes

    def lock(self, name: str, amount: int) -> bool:
        juror = self.juror(name)
        if amount > juror.stake - juror.locked:
            return False
        juror.locked += amount
        return True

    def unlock(self, name: str, amount: int) -> None:
        juror = self.juror(name)
        assert amount <= juror.locked
        juror.locked -= amount

    def slash(self, epoch: int, name: str, amount: int) -> None:
        """Never more than is locked."""
        juror = self.juror(name)
        assert amount <= juror.locked
        juror.locked -= amount
        juror.stake -= amount
        juror.leaving = min(juror.leaving, juror.stake)
        self.slashed += amount
        self.reweigh(epoch, name, None)

    def award(self, name: str, amount: int) -> None:
        """Never more than was slashed; a credit for who has no stake."""
        assert amount <= self.slashed
        self.slashed -= amount
        juror = self.juror(name)
        if juror.stake:
            juror.stake += amount
        else:
            self.credits[name] = self.credits.get(name, 0) + amount

    def owed(self) -> int:
        """What the pool must hold at least."""
        stakes = sum(juror.stake for juror in self.jurors.values())
        return stakes + self.slashed + sum(self.credits.values())

    def _next_position(self) -> int:
        return 1 + max([*self.positions.values(), *self.free], default=-1)
