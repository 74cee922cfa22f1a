// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {IReputation} from "contracts/interfaces/IReputation.sol";
import {FadingIndex} from "contracts/libraries/FadingIndex.sol";
import {BPS} from "contracts/types/Rules.sol";

/// @title What each account has, is held for and owes, in units; and the votes that follow from it
/// @dev The casts between signs follow a look at the sign.
// forge-lint: disable-next-item(unsafe-typecast)
abstract contract UnitLedger is IReputation, Votes, NoncesKeyed {
    using SafeCast for uint256;

    /// @inheritdoc IReputation
    uint256 public immutable start;

    uint16 internal immutable _shareBps;
    uint256 private immutable _allotted;

    /// @inheritdoc IReputation
    mapping(address account => uint256) public unitsOf;

    /// Above zero what is held for the account, below zero what it owes: never both.
    mapping(address account => int256) private _beyond;

    /// @param accounts the genesis members, and `points` what each is allotted (base units, 6 decimals)
    constructor(uint16 shareBps, address[] memory accounts, uint256[] memory points)
        EIP712("Commonhold Reputation", "1")
    {
        if (shareBps == 0 || shareBps > BPS) revert Reputation_BadCaps();
        if (accounts.length != points.length) revert Reputation_LengthMismatch(accounts.length, points.length);
        start = block.timestamp;
        _shareBps = shareBps;
        for (uint256 i; i < accounts.length; ++i) {
            if (accounts[i] == address(0)) revert Reputation_ZeroAddress();
            uint256 units = points[i] * FadingIndex.at(0);
            emit GenesisAllotted(accounts[i], points[i], units);
            _mint(accounts[i], units);
        }
        _allotted = totalUnits();
        if (_allotted == 0) revert Reputation_NoGenesis();
    }

    /// @inheritdoc IReputation
    function release(address account) external returns (uint256 units) {
        int256 held = _beyond[account];
        if (held > 0) units = _mintWithinShare(account, uint256(held));
        if (units == 0) revert Reputation_NothingToRelease(account);
    }

    /// @inheritdoc IReputation
    function pointsOf(address account) external view returns (uint256) {
        return unitsOf[account] / indexAt(block.timestamp);
    }

    /// @inheritdoc IReputation
    function heldOf(address account) external view returns (uint256) {
        int256 beyond = _beyond[account];
        return beyond > 0 ? uint256(beyond) : 0;
    }

    /// @inheritdoc IReputation
    function owedOf(address account) external view returns (uint256) {
        int256 beyond = _beyond[account];
        return beyond < 0 ? uint256(-beyond) : 0;
    }

    /// @inheritdoc IReputation
    function totalUnits() public view returns (uint256) {
        return _getTotalSupply();
    }

    /// @inheritdoc IReputation
    function indexAt(uint256 time) public view returns (uint256) {
        if (time < start) revert Reputation_BeforeStart(time, start);
        return FadingIndex.at(time - start);
    }

    /// @notice Unix seconds.
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @notice ERC-6372: `mode=timestamp`.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// Books what each of `count` accounts earned (above zero) or forfeited (below): first who is taken from, so that
    /// nobody is minted to by a total that is about to shrink. Writes over `changes`.
    function _settle(address[] memory accounts, int256[] memory changes, uint256 count) internal {
        for (uint256 i; i < count; ++i) {
            int256 balance = _beyond[accounts[i]] + changes[i];
            changes[i] = balance;
            if (balance < 0) _burn(accounts[i], uint256(-balance));
        }
        for (uint256 i; i < count; ++i) {
            if (changes[i] >= 0) _mintWithinShare(accounts[i], uint256(changes[i]));
        }
    }

    /// @dev Nobody as a delegate is oneself: votes always add up to the supply.
    function _delegate(address account, address delegatee) internal override {
        super._delegate(account, delegatee == address(0) ? account : delegatee);
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return unitsOf[account];
    }

    function _useCheckedNonce(address owner, uint256 keyNonce) internal override(Nonces, NoncesKeyed) {
        super._useCheckedNonce(owner, keyNonce);
    }

    /// Mints of `due` what the account's share has room for, and holds the rest. It owes nothing.
    function _mintWithinShare(address account, uint256 due) private returns (uint256 units) {
        if (due == 0 && _beyond[account] == 0) return 0;
        units = Math.min(due, _roomInShare(account));
        uint256 held = due - units;
        _beyond[account] = held.toInt256();
        emit ReputationMinted(account, units, held);
        _mint(account, units);
    }

    /// Takes of `due` what the account has; the rest it owes. Nothing is held for it.
    function _burn(address account, uint256 due) private {
        uint256 own = unitsOf[account];
        uint256 units = Math.min(due, own);
        uint256 owed = due - units;
        _beyond[account] = -owed.toInt256();
        emit ReputationBurned(account, units, owed);
        if (units == 0) return;
        unitsOf[account] = own - units;
        _transferVotingUnits(account, address(0), units);
    }

    function _mint(address account, uint256 units) private {
        if (units == 0) return;
        // Before the units are counted, so that the delegate is not given them twice.
        uint256 own = unitsOf[account];
        if (own == 0 && delegates(account) == address(0)) _delegate(account, account);
        unitsOf[account] = own + units;
        _transferVotingUnits(address(0), account, units);
    }

    /// The largest x with (own units + x) <= shareBps of (total units + x) or of what was allotted, rounded down: were
    /// nearly all units burned, nobody could earn any more by the total alone.
    function _roomInShare(address account) private view returns (uint256) {
        if (_shareBps == BPS) return type(uint256).max;
        uint256 own = unitsOf[account] * BPS;
        uint256 ofTotal = Math.saturatingSub(totalUnits() * _shareBps, own) / (BPS - _shareBps);
        return Math.max(ofTotal, Math.saturatingSub(_allotted * _shareBps, own) / BPS);
    }
}
