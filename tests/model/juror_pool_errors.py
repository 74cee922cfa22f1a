"""Errors of the plain pool, named as the contract's; their arguments are the errors' values."""


class JurorPoolError(Exception):
    """Base of all: the contract would revert."""


class JurorPool_ZeroAddress(JurorPoolError): ...


class JurorPool_NotTimelock(JurorPoolError): ...


class JurorPool_NotListed(JurorPoolError): ...


class JurorPool_WrongValue(JurorPoolError): ...


class JurorPool_StakeTooSmall(JurorPoolError): ...


class JurorPool_TooMuch(JurorPoolError): ...


class JurorPool_NotAvailable(JurorPoolError): ...


class JurorPool_NothingToWithdraw(JurorPoolError): ...


class JurorPool_NoCredit(JurorPoolError): ...


class JurorPool_NotOwner(JurorPoolError): ...
