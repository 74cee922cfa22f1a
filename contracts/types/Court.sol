// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// The two sides of a disputed tranche. Zero means neither.
enum Side {
    None,
    Performer,
    Checker
}

/// Where a case stands. Zero means that there is no such case.
enum CaseStatus {
    None,
    Deposits, // one side has deposited; the other may until the deadline
    Evidence, // both have; evidence is shown, and the panel is drawn
    Commit, // jurors commit
    Reveal, // jurors reveal
    Appeal, // the panel has ruled; the sides may fund a larger one
    Decided, // final: the ruling is fixed, to be carried out at the Escrow
    Closed // final: carried out, declined, or settled without the court
}

/// What decided a case. Zero means that nothing has yet.
enum Decision {
    None,
    Jury, // the ruling of the last panel that ruled
    MissingDeposit, // one side did not deposit: the other gets all
    MissingAppeal, // one side did not answer the other's appeal: the other gets all
    NoPanel // two panels failed: the default split of the pinned rules
}

/// How a case was closed. Zero means that it was not.
enum Closing {
    None,
    Ruled, // the Escrow carried out the ruling
    Declined, // the Escrow split by the default of the pinned rules
    Settled // the Escrow had closed the tranche before: by the parties, or because the ruling was due
}

/// Where a panel stands. Zero means that it was never asked for.
enum PanelState {
    None,
    Sitting, // drawn, or being drawn, or at work
    Ruled, // most of its jurors revealed
    Silent, // too few of its jurors revealed
    Missing, // its seats were not filled in time
    Dismissed // the tranche was closed at the Escrow before the panel had ruled
}

/// Where a seat of a panel stands. Zero means that nobody sits there.
enum SeatState {
    Empty,
    Seated,
    Committed,
    Revealed,
    Struck, // void: its juror had traded with a party
    Denounced // void: its juror's choice was shown before the reveal
}

/// A case: two slots. `deadline` (unix seconds) is the last second of the present period. Rounds count from 0; a panel
/// drawn again does not count as a round. `redrawn` is zero, or one more than the round whose panel was drawn again;
/// `ruledRounds` is how many rounds have a ruling. `performerBps` is the performer's share in basis points by the last
/// ruling, or by the decision; it means nothing before there is either, and where the decision is `NoPanel`.
struct Case {
    // slot 0
    address performer;
    uint40 deadline;
    CaseStatus status;
    uint8 round;
    uint8 tranche;
    uint8 redrawn;
    uint8 ruledRounds;
    Decision decision;
    // slot 1
    address checker;
    uint40 openedAt;
    uint32 rulesVersion;
    uint16 performerBps;
    Side depositor;
}

/// A panel: one slot. Its seed is that of `requestId`, zero while it could not be asked for; its jurors are drawn from
/// the weights at the end of `epoch`. `draws` numbers of the seed's sequence are used up. `seated` seats are filled,
/// `voids` of them count no more; `commits` are the seats that committed, `reveals` those that revealed, void seats left
/// out. `performerBps` is the median, once it has ruled. `settled` tells that its jurors were paid, `replaced` that a
/// juror was struck in time to draw another.
struct Panel {
    uint64 requestId;
    uint32 epoch;
    uint16 draws;
    uint16 performerBps;
    uint8 jurors;
    uint8 seated;
    uint8 voids;
    uint8 commits;
    uint8 reveals;
    PanelState state;
    bool settled;
    bool replaced;
}

/// A seat as it stands. `performerBps` is its vote, once revealed; `commitment` what it committed to, until then.
struct Seat {
    address juror;
    SeatState state;
    uint16 performerBps;
    bytes32 commitment;
}

/// What was raised for the appeal against the ruling of a round, in wei: one slot. The appellant is the side that raised
/// all of its share first.
struct Appeal {
    uint120 performerRaised;
    uint120 checkerRaised;
    Side appellant;
}
