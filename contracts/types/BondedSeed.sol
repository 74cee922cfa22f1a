// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// Where a round stands. Zero: there is no such round.
enum Phase {
    None,
    Commit, // seed-givers commit; requests may join
    Reveal, // a block after the last commitment is mixed in, and seed-givers reveal
    Done // the seed is known
}

/// What a BondedSeed is deployed with; nothing of it can be changed.
struct SeedSetup {
    address pool; // deployed before
    address treasury; // gets the bonds of those who do not reveal
    uint8 givers; // seed-givers of a round, 1 to 5
    uint96 bond; // base units of the pool's asset
    uint32 commitPeriod; // seconds
    uint32 revealPeriod; // seconds
    uint8 depth; // blocks from the target block until secrets may be shown, 1 to 200
}

/// A round as it stands. The numbers of seats are bits of `committed` and `revealed`.
struct RoundState {
    Phase phase;
    uint40 deadline; // the last second of the present phase
    uint40 target; // the block whose hash is mixed in; zero before commitments are closed
    uint32 openedIn; // epoch
    uint32 drawnFrom; // epoch whose weights the seed-givers were drawn by
    uint8 committed;
    uint8 revealed;
    address[] givers; // by seat
}
