// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {Limits} from "contracts/libraries/Limits.sol";
import {BPS, Bounds, JURY_FIELDS, JuryRules} from "contracts/types/Rules.sol";

/// @title The governed numbers of a jury, one by one and together
/// @dev Each function reverts with an error of the RuleBook.
library JuryLimits {
    using Limits for Bounds;

    // Ceilings above whatever a deployment says.
    uint256 private constant PERIOD = 365 days;
    uint256 private constant LARGEST_PANEL = 31;
    uint256 private constant MOST_APPEALS = 4; // 1, 3, 7, 15, 31 jurors
    uint256 private constant MULTIPLIER = 5 * uint256(BPS);
    uint256 private constant SLASH = 5_000;

    uint256 private constant JURORS = 8; // the place of this field

    /// @dev The names of the fields, in their order. A literal that fits is not cut.
    // forge-lint: disable-next-item(unsafe-typecast)
    function names() internal pure returns (bytes32[JURY_FIELDS] memory) {
        return [
            bytes32("jurorFee"),
            "seatStake",
            "depositPeriod",
            "evidencePeriod",
            "commitPeriod",
            "revealPeriod",
            "appealPeriod",
            "conflictPeriod",
            "jurors",
            "maxAppeals",
            "appealMultiplierBps",
            "slashBps",
            "coherenceBps"
        ];
    }

    /// @dev The values of the fields, in their order.
    function values(JuryRules memory self) internal pure returns (uint256[JURY_FIELDS] memory found) {
        // In memory a struct of numbers is an array of words.
        assembly ("memory-safe") {
            found := self
        }
    }

    /// @dev Each field's bounds are sane and below its ceiling, and let the number of jurors change from odd to odd.
    /// `BadBounds`.
    function checkSane(Bounds[JURY_FIELDS] memory bounds) internal pure {
        bytes32[JURY_FIELDS] memory fields = names();
        uint256[JURY_FIELDS] memory floors = [uint256(1), 1, 1, 1, 1, 1, 1, 1, 1, 0, BPS, 0, 0];
        uint256[JURY_FIELDS] memory ceilings = [
            uint256(type(uint96).max),
            type(uint96).max,
            PERIOD,
            PERIOD,
            PERIOD,
            PERIOD,
            PERIOD,
            PERIOD,
            LARGEST_PANEL,
            MOST_APPEALS,
            MULTIPLIER,
            SLASH,
            BPS
        ];
        for (uint256 i; i < JURY_FIELDS; ++i) {
            bounds[i].checkSane(fields[i], floors[i], ceilings[i]);
        }
        if (bounds[JURORS].step == 1) revert IRuleBook.RuleBook_BadBounds(fields[JURORS]);
    }

    /// @dev The first jury is odd, no panel too large, and the longest case no longer than the ruling period (seconds).
    /// `EvenJury`, `PanelTooLarge`, `RulingPeriodTooShort`.
    function checkTogether(JuryRules memory self, uint256 rulingPeriod) internal pure {
        if (self.jurors % 2 == 0) revert IRuleBook.RuleBook_EvenJury(self.jurors);
        uint256 last = ((uint256(self.jurors) + 1) << self.maxAppeals) - 1;
        if (last > LARGEST_PANEL) revert IRuleBook.RuleBook_PanelTooLarge(last, LARGEST_PANEL);
        checkLength(self, rulingPeriod);
    }

    /// @dev The longest case is no longer than the ruling period (seconds). `RulingPeriodTooShort`.
    function checkLength(JuryRules memory self, uint256 rulingPeriod) internal pure {
        uint256 longest = longestCase(self);
        if (longest > rulingPeriod) revert IRuleBook.RuleBook_RulingPeriodTooShort(rulingPeriod, longest);
    }

    /// @dev How many seconds a case takes at most, and a deposit period in which to open it: every round to its end,
    /// every appeal made, one round drawn again.
    function longestCase(JuryRules memory self) internal pure returns (uint256) {
        uint256 round = uint256(self.evidencePeriod) + 2 * uint256(self.commitPeriod) + self.revealPeriod;
        uint256 appeals = self.maxAppeals;
        return 2 * uint256(self.depositPeriod) + (appeals + 2) * round + (appeals + 1) * self.appealPeriod;
    }

    /// @dev Whether any field differs.
    function differs(JuryRules memory self, JuryRules memory other) internal pure returns (bool) {
        return keccak256(abi.encode(self)) != keccak256(abi.encode(other));
    }
}
