// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {OfferHash} from "contracts/libraries/OfferHash.sol";
import {ConditionsWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {OfferDesk} from "contracts/market/OfferDesk.sol";
import {TradeBook} from "contracts/market/TradeBook.sol";
import {Vault} from "contracts/market/Vault.sol";
import {Conditions, Offer, Tranche} from "contracts/types/Trade.sol";

/// @title Budgets: what a sponsor has locked for fills that nobody has taken yet
/// @dev A budget belongs to one offer. It grows in `lockBudget`, a fill moves its part into the tranches of its trade, and
/// what is left goes back to the sponsor once no fill can be opened any more.
abstract contract Budgets is OfferDesk, Vault, TradeBook {
    using ConditionsWord for Conditions;
    using TrancheWord for Tranche;

    mapping(bytes32 offerHash => uint256) private _budgets;

    /// @inheritdoc IEscrow
    function lockBudget(Offer calldata offer, uint32 fills) external payable nonReentrant {
        Conditions c = offer.conditions;
        uint256 place = c.sponsor();
        address sponsor = _sponsor(offer.parties, place);
        if (msg.sender != sponsor) revert Escrow_NotSponsor(msg.sender);
        bytes32 offerHash = OfferHash.hashOffer(offer);
        if (_isOver(c, offerHash, sponsor)) revert Escrow_OfferIsOver(offerHash);
        // What no trade can be opened in is not taken; what it answers is for the openings.
        // slither-disable-next-line unused-return
        _ruleBook.quote(c.kind(), offer.asset);

        uint256 perFill = _perFill(offer.tranches, place - 1);
        uint256 amount = perFill * fills;
        uint256 budget = _budgets[offerHash] + amount;
        if (amount == 0 || budget > perFill * c.fills()) revert Escrow_BadBudget(budget, perFill * c.fills());
        _budgets[offerHash] = budget;
        emit BudgetLocked(offerHash, sponsor, offer, fills, amount);
        if (offer.asset == address(0)) {
            if (msg.value != amount) revert Escrow_WrongValue(msg.value, amount);
        } else {
            if (msg.value != 0) revert Escrow_WrongValue(msg.value, 0);
            uint256 before = _balance(offer.asset);
            _pull(offer.asset, sponsor, amount);
            _checkReceived(offer.asset, before, amount);
        }
    }

    /// @inheritdoc IEscrow
    function unlockBudget(Offer calldata offer) external nonReentrant returns (uint256 amount) {
        Conditions c = offer.conditions;
        bytes32 offerHash = OfferHash.hashOffer(offer);
        amount = _budgets[offerHash];
        if (amount == 0) revert Escrow_NoBudget(offerHash, 0, 0);
        address sponsor = _sponsor(offer.parties, c.sponsor());
        if (!_isOver(c, offerHash, sponsor)) revert Escrow_OfferStillHolds(offerHash);
        delete _budgets[offerHash];
        emit BudgetUnlocked(offerHash, sponsor, offer.asset, amount);
        _push(offer.asset, sponsor, amount);
    }

    /// @inheritdoc IEscrow
    function budgetOf(bytes32 offerHash) external view returns (uint256) {
        return _budgets[offerHash];
    }

    /// @dev Take a fill's part of the budget.
    function _draw(bytes32 offerHash, uint256 amount) internal {
        uint256 budget = _budgets[offerHash];
        if (budget < amount) revert Escrow_NoBudget(offerHash, budget, amount);
        unchecked {
            _budgets[offerHash] = budget - amount;
        }
    }

    /// @param place counted from 1
    function _sponsor(address[] calldata parties, uint256 place) internal pure returns (address sponsor) {
        if (place != 0 && place <= parties.length) sponsor = parties[place - 1];
        if (sponsor == address(0)) revert Escrow_BadSponsor(place);
    }

    function _perFill(Tranche[] calldata tranches, uint256 funder) private pure returns (uint256 sum) {
        for (uint256 i; i < tranches.length; ++i) {
            if (tranches[i].funder() == funder) sum += tranches[i].amount();
        }
    }
}
