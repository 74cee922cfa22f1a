"""Reviews against their model, whatever is tried, by whom and when.

What must hold beside: at most one review of each side by each other, no rating but 1 to 5, and no
review that can be read before both have committed or the window for it is over.
"""

from brownie.test import given
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.contracts.escrow.market import DAY, goods
from tests.contracts.expect import next_at, now, outcome
from tests.contracts.reviews.conftest import COMMIT_WINDOW, REVEAL_WINDOW, REVEALED
from tests.contracts.reviews.test_together import Pair
from tests.model.reviews import Reviews

WHO = ("seller", "buyer", "courier", "stranger")
ACTIONS = ("commit", "commit", "reveal", "reveal", "together", "review", "reply")
SIDES = {("seller", "buyer"), ("buyer", "courier")}
JUMPS = (0, 60, DAY, COMMIT_WINDOW - 120, COMMIT_WINDOW, REVEAL_WINDOW)

steps = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.sampled_from(WHO[:3]) | st.sampled_from(WHO),
        st.sampled_from(WHO[:3]) | st.sampled_from(WHO),
        st.integers(0, 6),
        st.sampled_from((0, 0, 0, *JUMPS)),
    ),
    min_size=8,
    max_size=24,
)


class Both:
    """Does the same to the contract and to the model."""

    def __init__(self, desk):
        self.desk, self.people = desk, desk.market.people
        courier = self.people["courier"]
        self.opened = desk.closed(
            goods(),
            goods(performer=2),
            parties=(desk.seller, None, courier),
            signers=(desk.seller, courier),
        )
        both_ways = SIDES | {(subject, author) for author, subject in SIDES}
        self.model = Reviews(both_ways, *desk.windows(self.opened))

    def written(self, author, subject, rating):
        return self.desk.write(self.opened, self.people[author], self.people[subject], rating)

    def try_both(self, action, author, subject, rating):
        """The model is told the second in which the contract was asked."""
        at = now() + 1
        next_at(at)
        told = getattr(self, action)(at, author, subject, rating)
        found, expected = (outcome(call) for call in told)
        assert isinstance(found, str) == isinstance(expected, str), (found, expected)
        if isinstance(expected, str):
            assert found == expected

    def commit(self, at, author, subject, rating):
        return (
            lambda: self.desk.commit(self.written(author, subject, rating)),
            lambda: self.model.commit(at, author, subject, rating),
        )

    def reveal(self, at, author, subject, rating):
        committed = self.model.committed.get((author, subject), rating)
        rating = committed if rating % 2 else rating
        return (
            lambda: self.desk.reveal(self.written(author, subject, rating)),
            lambda: self.model.reveal(at, author, subject, rating),
        )

    def review(self, at, author, subject, rating):
        return (
            lambda: self.desk.review(self.written(author, subject, rating)),
            lambda: self.model.review(at, author, subject, rating),
        )

    def together(self, at, author, subject, rating):
        pair = Pair(self.desk, self.opened)
        answer = self.written(subject, author, 5 - rating // 2)
        pair.written = [self.written(author, subject, rating), answer]
        pair.signatures = [pair.sign(place) for place in range(2)]
        return (
            pair.send,
            lambda: self.model.together(at, author, subject, rating, answer.review.rating),
        )

    def reply(self, at, author, subject, rating):
        return (
            lambda: self.desk.reply(self.written(author, subject, rating)),
            lambda: self.model.reply(author, subject),
        )

    def check(self, seen):
        """The contract says what the model says; a review is never unsaid or said twice."""
        for pair in [(a, b) for a in WHO for b in WHO]:
            state = self.desk.state(self.written(*pair, 1))
            assert state[0] == self.model.status(pair)
            assert state[3] == self.model.revealed.get(pair, 0)
            assert state[5] == (pair in self.model.replied)
            if state[0] == REVEALED:
                assert 1 <= state[3] <= 5
                assert seen.setdefault(pair, state[3:5]) == state[3:5]
        events = self.desk.contract.events.get_sequence(0)
        told = [
            (str(log["args"]["author"]), str(log["args"]["subject"]))
            for log in events["ReviewRevealed"]
            if bytes(log["args"]["tradeId"]) == self.opened.id
        ]
        assert len(told) == len(set(told)) == len(self.model.revealed)


@given(steps)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_reviews_do_what_their_model_does(desk, actions):
    both, seen = Both(desk), {}
    for action, author, subject, rating, jump in actions:
        next_at(now() + jump + 1)
        desk.market.chain.mine()
        both.try_both(action, author, subject, rating)
        both.check(seen)
