// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {BPS, Bounds} from "contracts/types/Rules.sol";

/// @title What the bounds of a governed number allow
/// @dev Each function reverts with an error of the RuleBook that names the number.
library Limits {
    uint256 private constant NOTICE_CEILING = 365 days;

    /// @dev The bounds are in order and within `floor` and `ceiling`; a number that may change has a step; there is a
    /// notice. `BadBounds`.
    function checkSane(Bounds memory self, bytes32 field, uint256 floor, uint256 ceiling) internal pure {
        bool ordered = floor <= self.min && self.min <= self.max && self.max <= ceiling;
        bool movable = self.step > 0 || self.min == self.max;
        bool noticed = self.notice > 0 && self.notice <= NOTICE_CEILING;
        if (!ordered || !movable || !noticed) revert IRuleBook.RuleBook_BadBounds(field);
    }

    /// @dev The value is within the bounds. `OutOfBounds`.
    function checkValue(Bounds memory self, bytes32 field, uint256 value) internal pure {
        if (value < self.min || value > self.max) {
            revert IRuleBook.RuleBook_OutOfBounds(field, value, self.min, self.max);
        }
    }

    /// @dev Both the value and its distance from the old one are allowed. `OutOfBounds`, `StepTooLarge`.
    function checkChange(Bounds memory self, bytes32 field, uint256 oldValue, uint256 newValue) internal pure {
        checkValue(self, field, newValue);
        _checkStep(field, oldValue, newValue, self.step);
    }

    /// @dev The same where the step is in basis points of the old value.
    function checkRelativeChange(Bounds memory self, bytes32 field, uint256 oldValue, uint256 newValue) internal pure {
        checkValue(self, field, newValue);
        _checkStep(field, oldValue, newValue, oldValue * self.step / BPS);
    }

    function _checkStep(bytes32 field, uint256 oldValue, uint256 newValue, uint256 step) private pure {
        uint256 change = newValue > oldValue ? newValue - oldValue : oldValue - newValue;
        if (change > step) revert IRuleBook.RuleBook_StepTooLarge(field, oldValue, newValue, step);
    }
}
