"""The reviews of one closed trade, in plain Python; errors are named as the contract's."""

from __future__ import annotations

from dataclasses import dataclass, field


class ReviewsError(Exception):
    """Base of all: the contract would revert."""


class Reviews_NotSides(ReviewsError): ...


class Reviews_BadRating(ReviewsError): ...


class Reviews_AlreadyReviewed(ReviewsError): ...


class Reviews_NotCommitted(ReviewsError): ...


class Reviews_WouldAnswer(ReviewsError): ...


class Reviews_TooEarly(ReviewsError): ...


class Reviews_TooLate(ReviewsError): ...


class Reviews_WrongOpening(ReviewsError): ...


class Reviews_NotReviewed(ReviewsError): ...


class Reviews_AlreadyReplied(ReviewsError): ...


Pair = tuple[str, str]


@dataclass
class Reviews:
    """`sides` are the pairs that may review each other, in both orders; times are unix seconds."""

    sides: set[Pair]
    commit_until: int
    reveal_until: int
    committed: dict[Pair, int] = field(default_factory=dict)
    revealed: dict[Pair, int] = field(default_factory=dict)
    replied: set[Pair] = field(default_factory=set)

    def commit(self, now: int, author: str, subject: str, rating: int) -> None:
        self._check_sides(author, subject)
        if now > self.commit_until:
            raise Reviews_TooLate
        self._check_none(author, subject)
        self.committed[author, subject] = rating

    def reveal(self, now: int, author: str, subject: str, rating: int) -> None:
        pair, other = (author, subject), (subject, author)
        if pair not in self.committed:
            raise Reviews_NotCommitted
        if now <= self.commit_until and not self._is_known(other):
            raise Reviews_TooEarly
        if now > self.reveal_until:
            raise Reviews_TooLate
        if self.committed[pair] != rating:
            raise Reviews_WrongOpening
        self._tell(pair, rating)

    def together(self, now: int, author: str, subject: str, rating: int, answer: int) -> None:
        if now > self.reveal_until:
            raise Reviews_TooLate
        self._check_sides(author, subject)
        self._check_none(author, subject)
        self._check_none(subject, author)
        for one in (rating, answer):
            if not 1 <= one <= 5:
                raise Reviews_BadRating
        self._tell((author, subject), rating)
        self._tell((subject, author), answer)

    def review(self, now: int, author: str, subject: str, rating: int) -> None:
        self._check_sides(author, subject)
        if now <= self.commit_until:
            raise Reviews_TooEarly
        if now > self.reveal_until:
            raise Reviews_TooLate
        self._check_none(author, subject)
        if self._is_known((subject, author)):
            raise Reviews_WouldAnswer
        self._tell((author, subject), rating)

    def reply(self, author: str, subject: str) -> None:
        pair = author, subject
        if pair not in self.revealed:
            raise Reviews_NotReviewed
        if pair in self.replied:
            raise Reviews_AlreadyReplied
        self.replied.add(pair)

    def status(self, pair: Pair) -> int:
        return 2 if pair in self.revealed else 1 if pair in self.committed else 0

    def _tell(self, pair: Pair, rating: int) -> None:
        if not 1 <= rating <= 5:
            raise Reviews_BadRating
        self.committed.pop(pair, None)
        self.revealed[pair] = rating

    def _is_known(self, pair: Pair) -> bool:
        return pair in self.committed or pair in self.revealed

    def _check_sides(self, author: str, subject: str) -> None:
        if (author, subject) not in self.sides:
            raise Reviews_NotSides

    def _check_none(self, author: str, subject: str) -> None:
        if self._is_known((author, subject)):
            raise Reviews_AlreadyReviewed
