// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// From `minPoints` of reputation on (base units, 6 decimals), a juror's stake counts `multiplier` times (1 to 4).
struct Tier {
    uint56 minPoints;
    uint8 multiplier;
}

/// What a contract may do with jurors' stakes. `Closing`: finish what it began, but seat nobody any more.
enum CallerStatus {
    None,
    Closing,
    Listed
}

/// What a JurorPool is deployed with; but for the callers, nothing of it can be changed.
struct PoolSetup {
    address asset; // what is staked; zero: the chain's own coin
    uint96 stakeUnit; // base units of the asset that make one unit of weight
    uint16 cap; // units of a juror's stake that count, at most
    address reputation;
    uint32 epochLength; // seconds
    uint32 leaveDelay; // seconds
    address timelock;
    Tier[] tiers; // one to four, from the lowest; who has less than the first asks for is never drawn
    address[] callers; // the first to be listed
}
