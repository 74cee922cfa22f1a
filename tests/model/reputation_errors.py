"""Why the model of Reputation refuses: named as the contract's errors."""


class ReputationError(Exception):
    """Base of all: the contract would revert. The arguments are the error's values."""


class Reputation_NotTimelock(ReputationError): ...


class Reputation_ZeroAddress(ReputationError): ...


class Reputation_NoGenesis(ReputationError): ...


class Reputation_BadCaps(ReputationError): ...


class Reputation_EscrowNotListed(ReputationError): ...


class Reputation_NotClosed(ReputationError): ...


class Reputation_AlreadyClaimed(ReputationError): ...


class Reputation_NothingToRelease(ReputationError): ...


class Reputation_BeforeStart(ReputationError): ...


class UnitsOverflow(ReputationError):
    """More units than the checkpoints hold: SafeCast or a panic, in the contract."""
