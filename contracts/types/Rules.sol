// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// The number of kinds of trade, each a row of the fee table: 1 goods, 2 digital, 3 gig, 4 stay, 5 rental, 6 ride,
// 7 guide, 8 delivery, 9 campaign, 10 other. Kind zero does not exist.
uint8 constant KINDS = 10;

// Basis points (1/10,000) of what a performer is paid.
uint16 constant BPS = 10_000;

/// The fee per kind of trade in basis points; kind k stands at index k - 1.
struct FeeRules {
    uint16[KINDS] feeBps;
}

// The number of governed numbers of a jury, each a field of JuryRules.
uint8 constant JURY_FIELDS = 13;

/// Who rules on a dispute, within how many seconds of the dispute, and what share of the tranche the performer gets
/// (basis points, before the fee) if nobody rules in time.
struct DisputeRules {
    address arbitrator;
    uint40 rulingPeriod;
    uint16 defaultPerformerBps;
}

/// How a jury settles a dispute: two slots. `jurorFee` is what each juror is paid, in wei: the arbitration fee of a round
/// is `jurorFee` times its panel. `seatStake` is what each seat locks, in base units of the asset that jurors stake.
/// Periods are in seconds: to deposit, to show evidence, to commit, to reveal, to fund an appeal; `conflictPeriod` is how
/// long before a case nobody on its panel may have opened a trade with a party. The first panel has `jurors`, an odd
/// number, and each of at most `maxAppeals` appeals twice the panel before and one more. Each side puts up for an appeal
/// the fee of its panel times `appealMultiplierBps`, at least the whole. `slashBps` is the share of a seat's stake that an
/// incoherent juror loses, `coherenceBps` how near the ruling a vote must be to be coherent.
struct JuryRules {
    // slot 0
    uint96 jurorFee;
    uint96 seatStake;
    uint32 depositPeriod;
    uint32 evidencePeriod;
    // slot 1
    uint32 commitPeriod;
    uint32 revealPeriod;
    uint32 appealPeriod;
    uint32 conflictPeriod;
    uint8 jurors;
    uint8 maxAppeals;
    uint16 appealMultiplierBps;
    uint16 slashBps;
    uint16 coherenceBps;
}

/// Whether trades may be opened in an asset, and the reputation earned for fees paid in it: base units of points per
/// 1e18 base units of fee.
struct AssetRule {
    bool allowed;
    uint96 rate;
}

/// The limits of one governed number, fixed at deployment: smallest and largest value, largest change in one vote, and
/// the seconds between the vote's execution and the moment it takes effect. `step` is absolute, in the number's own
/// unit; for the rate of an asset it is relative, in basis points of the old rate, because the rates of two assets may
/// be as far apart as their decimals.
struct Bounds {
    uint96 min;
    uint96 max;
    uint96 step;
    uint40 notice;
}

/// What a RuleBook is deployed with; nothing of it can be changed later but by a vote within the bounds. `guardian` may
/// be zero: nobody. Times are unix seconds, durations seconds. `juryBounds` stand in the order of the fields of JuryRules,
/// `assets[i]` gets `assetRules[i]`.
struct RuleBookSetup {
    address timelock;
    address guardian;
    uint40 guardianUntil;
    uint40 maxPause;
    Bounds feeBounds;
    Bounds rulingPeriodBounds;
    Bounds defaultPerformerBounds;
    Bounds rateBounds;
    Bounds[JURY_FIELDS] juryBounds;
    FeeRules fees;
    DisputeRules disputes;
    JuryRules jury;
    address[] assets;
    AssetRule[] assetRules;
}
