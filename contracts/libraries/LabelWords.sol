// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Claim, LabelWord} from "contracts/types/Attestation.sol";

/// @title Reading and writing the labels of an account; the layout is drawn beside the type
/// @dev The casts cut fields out of words.
// forge-lint: disable-next-item(unsafe-typecast, incorrect-shift)
library LabelWords {
    uint256 private constant LABELS = 8;
    uint256 private constant LANE = 32;
    uint256 private constant FIRST_BAND = 3;
    uint256 private constant BANDS = 5;

    /// @return mask the labels that last until this moment or longer; bit i is label i
    function maskAt(LabelWord self, uint256 time) internal pure returns (uint256 mask) {
        uint256 rest = LabelWord.unwrap(self);
        for (uint256 i; rest != 0; ++i) {
            if (uint32(rest) >= time) mask |= 1 << i;
            rest >>= LANE;
        }
    }

    /// @return until when (unix seconds) the account has this label
    function untilOf(LabelWord self, uint256 label) internal pure returns (uint256 until) {
        if (label < LABELS) until = uint32(LabelWord.unwrap(self) >> (label * LANE));
    }

    /// @param band of a credit band, else anything
    /// @param until zero to take the labels of the claim
    function withClaim(LabelWord self, Claim claim, uint256 band, uint32 until) internal pure returns (LabelWord) {
        if (claim != Claim.CreditBand) {
            // Labels 0, 1 and 2.
            uint256 label = claim == Claim.Product ? 2 : uint256(claim) - 1;
            return _with(self, label, until);
        }
        for (uint256 i; i < BANDS; ++i) {
            self = _with(self, FIRST_BAND + i, i < band ? until : 0);
        }
        return self;
    }

    function _with(LabelWord self, uint256 label, uint32 until) private pure returns (LabelWord) {
        uint256 kept = LabelWord.unwrap(self) & ~(uint256(type(uint32).max) << (label * LANE));
        return LabelWord.wrap(kept | (uint256(until) << (label * LANE)));
    }
}
