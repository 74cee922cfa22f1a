// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IProposalTypes} from "contracts/interfaces/IProposalTypes.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {PROPOSAL_TYPES, ProposalTerms, ProposalType, ProposalTypesSetup} from "contracts/types/Proposals.sol";
import {Bounds} from "contracts/types/Rules.sol";

/// @title ProposalTypes: see IProposalTypes
contract ProposalTypes is IProposalTypes {
    using Checkpoints for Checkpoints.Trace208;

    uint8 private constant FEES = 1;
    uint8 private constant DISPUTE_RULES = 2;
    uint8 private constant ASSETS_AND_ARBITRATOR = 4;
    uint8 private constant TREASURY = 8;
    uint8 private constant ANYTHING = 16;

    bytes32 private constant QUORUM = "quorumBps";
    bytes32 private constant APPROVAL = "approvalBps";
    bytes32 private constant DELAY = "delay";

    // Whatever a deployment says, half of the votes can decide, and nine of ten that are cast.
    uint256 private constant QUORUM_CEILING = 5_000;
    uint256 private constant APPROVAL_FLOOR = 5_000;
    uint256 private constant APPROVAL_CEILING = 9_000;
    uint256 private constant DELAY_CEILING = 365 days;
    uint256 private constant NOTICE_CEILING = 365 days;

    address private immutable _timelock;
    address private immutable _ruleBook;
    address private immutable _escrow;
    uint48 private immutable _notice;

    // quorumBps (16 bits) | approvalBps (16 bits) | delay (32 bits), by the first snapshot they count for
    mapping(ProposalType proposalType => Checkpoints.Trace208) private _terms;
    mapping(bytes32 field => Bounds) private _bounds; // written by the constructor only

    constructor(ProposalTypesSetup memory setup) {
        if (setup.timelock == address(0) || setup.ruleBook == address(0) || setup.escrow == address(0)) {
            revert ProposalTypes_ZeroAddress();
        }
        (_timelock, _ruleBook, _escrow) = (setup.timelock, setup.ruleBook, setup.escrow);
        uint40 notice_ = setup.quorumBounds.notice;
        _notice = notice_;
        _setBounds(QUORUM, setup.quorumBounds, 1, QUORUM_CEILING, notice_);
        _setBounds(APPROVAL, setup.approvalBounds, APPROVAL_FLOOR, APPROVAL_CEILING, notice_);
        _setBounds(DELAY, setup.delayBounds, 1, DELAY_CEILING, notice_);

        ProposalTerms memory none;
        ProposalTerms memory anything = setup.terms[PROPOSAL_TYPES - 1];
        for (uint8 i; i < PROPOSAL_TYPES; ++i) {
            ProposalTerms memory terms = setup.terms[i];
            _checkValue(QUORUM, terms.quorumBps);
            _checkValue(APPROVAL, terms.approvalBps);
            _checkValue(DELAY, terms.delay);
            _checkAgainstAnything(ProposalType(i + 1), terms, anything);
            _set(ProposalType(i + 1), 0, none, terms);
        }
    }

    /// @inheritdoc IProposalTypes
    function setTerms(ProposalType proposalType, ProposalTerms calldata terms) external {
        if (msg.sender != _timelock) revert ProposalTypes_NotTimelock(msg.sender);
        if (proposalType == ProposalType.None) revert ProposalTypes_UnknownType(proposalType);
        // That there is a checkpoint is known: each type has one from the deployment on.
        // slither-disable-next-line unused-return
        (, uint48 from, uint208 packed) = _terms[proposalType].latestCheckpoint();
        if (from > block.timestamp) revert ProposalTypes_ChangePending(proposalType, from);

        ProposalTerms memory old = _unpack(packed);
        _checkChange(QUORUM, old.quorumBps, terms.quorumBps);
        _checkChange(APPROVAL, old.approvalBps, terms.approvalBps);
        _checkChange(DELAY, old.delay, terms.delay);
        if (_pack(terms) == packed) revert ProposalTypes_NothingChanged();
        // Changes take effect in the order in which they are made: what holds for the latest terms holds at all times.
        if (proposalType == ProposalType.Anything) {
            for (uint8 i = 1; i < PROPOSAL_TYPES; ++i) {
                _checkAgainstAnything(ProposalType(i), _latest(ProposalType(i)), terms);
            }
        } else {
            _checkAgainstAnything(proposalType, terms, _latest(ProposalType.Anything));
        }
        _set(proposalType, uint48(block.timestamp) + _notice, old, terms);
    }

    /// @inheritdoc IProposalTypes
    function typesOf(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (uint8 types)
    {
        if (targets.length != values.length || targets.length != calldatas.length) return ANYTHING;
        for (uint256 i; i < targets.length; ++i) {
            types |= _typesOf(targets[i], values[i], calldatas[i]);
        }
    }

    /// @inheritdoc IProposalTypes
    function termsOf(uint8 types, uint48 snapshot) external view returns (ProposalTerms memory strictest) {
        for (uint8 i; i < PROPOSAL_TYPES; ++i) {
            if (types >> i & 1 == 0) continue;
            ProposalTerms memory terms = _unpack(_terms[ProposalType(i + 1)].upperLookupRecent(snapshot));
            strictest.quorumBps = uint16(Math.max(strictest.quorumBps, terms.quorumBps));
            strictest.approvalBps = uint16(Math.max(strictest.approvalBps, terms.approvalBps));
            strictest.delay = uint32(Math.max(strictest.delay, terms.delay));
        }
    }

    /// @inheritdoc IProposalTypes
    function notice() external view returns (uint256) {
        return _notice;
    }

    /// @inheritdoc IProposalTypes
    function boundsOf(bytes32 field) external view returns (Bounds memory) {
        return _bounds[field];
    }

    /// @inheritdoc IProposalTypes
    function timelock() external view returns (address) {
        return _timelock;
    }

    /// @inheritdoc IProposalTypes
    function ruleBook() external view returns (address) {
        return _ruleBook;
    }

    /// @inheritdoc IProposalTypes
    function escrow() external view returns (address) {
        return _escrow;
    }

    function _typesOf(address target, uint256 value, bytes calldata data) private view returns (uint8) {
        if (value == 0) return _typesOfCall(target, data);
        bool isPayment = data.length == 0 && !_isOurs(target);
        return isPayment ? TREASURY : TREASURY | _typesOfCall(target, data);
    }

    function _typesOfCall(address target, bytes calldata data) private view returns (uint8) {
        if (data.length < 4) return ANYTHING;
        // forge-lint: disable-next-line(unsafe-typecast)
        bytes4 selector = bytes4(data);
        if (target == _ruleBook) return _typesOfRule(selector, data);
        if (target == _escrow) return selector == IEscrow.withdraw.selector ? TREASURY : ANYTHING;
        bool moves = selector == IERC20.transfer.selector || selector == IERC20.approve.selector;
        return moves && data.length >= 68 && !_isOurs(target) ? TREASURY : ANYTHING;
    }

    function _typesOfRule(bytes4 selector, bytes calldata data) private view returns (uint8) {
        if (selector == IRuleBook.setFeeRules.selector) return FEES;
        if (selector == IRuleBook.setAssetRule.selector) return ASSETS_AND_ARBITRATOR;
        if (selector == IRuleBook.setJuryRules.selector) return DISPUTE_RULES;
        if (selector != IRuleBook.setDisputeRules.selector) return ANYTHING;
        return _keepsArbitrator(data) ? DISPUTE_RULES : DISPUTE_RULES | ASSETS_AND_ARBITRATOR;
    }

    /// @dev Compared as a whole word, so that what the rule book would refuse to read is another arbitrator.
    function _keepsArbitrator(bytes calldata data) private view returns (bool) {
        if (data.length < 36) return false;
        IRuleBook book = IRuleBook(_ruleBook);
        address current = book.disputeRules(book.latestVersion()).arbitrator;
        return uint256(bytes32(data[4:36])) == uint160(current);
    }

    function _isOurs(address target) private view returns (bool) {
        return target == _ruleBook || target == _escrow || target == _timelock || target == address(this);
    }

    function _set(ProposalType proposalType, uint48 from, ProposalTerms memory old, ProposalTerms memory terms)
        private
    {
        // What it returns is the old and the new value, known here.
        // slither-disable-next-line unused-return
        _terms[proposalType].push(from, _pack(terms));
        emit ProposalTermsSet(proposalType, from, old, terms);
    }

    function _setBounds(bytes32 field, Bounds memory bounds, uint256 floor, uint256 ceiling, uint40 notice_) private {
        bool ordered = floor <= bounds.min && bounds.min <= bounds.max && bounds.max <= ceiling;
        bool movable = bounds.step > 0 || bounds.min == bounds.max;
        bool noticed = bounds.notice == notice_ && notice_ > 0 && notice_ <= NOTICE_CEILING;
        if (!ordered || !movable || !noticed) revert ProposalTypes_BadBounds(field);
        _bounds[field] = bounds;
    }

    function _checkValue(bytes32 field, uint256 value) private view {
        Bounds storage bounds = _bounds[field];
        (uint256 min, uint256 max) = (bounds.min, bounds.max);
        if (value < min || value > max) revert ProposalTypes_OutOfBounds(field, value, min, max);
    }

    function _checkChange(bytes32 field, uint256 oldValue, uint256 newValue) private view {
        _checkValue(field, newValue);
        uint256 change = newValue > oldValue ? newValue - oldValue : oldValue - newValue;
        uint256 step = _bounds[field].step;
        if (change > step) revert ProposalTypes_StepTooLarge(field, oldValue, newValue, step);
    }

    function _checkAgainstAnything(ProposalType proposalType, ProposalTerms memory terms, ProposalTerms memory anything)
        private
        pure
    {
        _checkNotStricter(proposalType, QUORUM, terms.quorumBps, anything.quorumBps);
        _checkNotStricter(proposalType, APPROVAL, terms.approvalBps, anything.approvalBps);
        _checkNotStricter(proposalType, DELAY, terms.delay, anything.delay);
    }

    function _checkNotStricter(ProposalType proposalType, bytes32 field, uint256 value, uint256 largest) private pure {
        if (value > largest) revert ProposalTypes_StricterThanAnything(proposalType, field, value, largest);
    }

    function _latest(ProposalType proposalType) private view returns (ProposalTerms memory) {
        return _unpack(_terms[proposalType].latest());
    }

    function _pack(ProposalTerms memory terms) private pure returns (uint208) {
        return uint208(terms.quorumBps) << 48 | uint208(terms.approvalBps) << 32 | terms.delay;
    }

    // The casts cut the numbers out.
    // forge-lint: disable-next-item(unsafe-typecast)
    function _unpack(uint208 packed) private pure returns (ProposalTerms memory) {
        return ProposalTerms(uint16(packed >> 48), uint16(packed >> 32), uint32(packed));
    }
}
