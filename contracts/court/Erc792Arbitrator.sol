// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IArbitrable, IArbitrator, IEvidence} from "contracts/interfaces/IErc792.sol";
import {IErc792Arbitrator} from "contracts/interfaces/IErc792Arbitrator.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {ForeignCase, ForeignStatus} from "contracts/types/ForeignCase.sol";
import {BPS, DisputeRules} from "contracts/types/Rules.sol";
import {Pin, Trade, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

/// @title Erc792Arbitrator: see IErc792Arbitrator
contract Erc792Arbitrator is IErc792Arbitrator, IArbitrable, IEvidence, ReentrancyGuardTransient {
    using PinWord for Pin;
    using TrancheWord for Tranche;

    uint256 private constant REFUSED = 0;
    uint256 private constant FOR_PERFORMER = 1;
    uint256 private constant FOR_CHECKER = 2;
    uint256 private constant CHOICES = 3; // the last: half and half
    uint256 private constant META_EVIDENCE = 0;

    IEscrow private immutable _escrow;
    IRuleBook private immutable _ruleBook;
    IArbitrator private immutable _foreign;
    /// @inheritdoc IErc792Arbitrator
    uint40 public immutable depositPeriod;
    /// @inheritdoc IErc792Arbitrator
    bytes public extraData;

    mapping(bytes32 caseId => ForeignCase) private _cases;
    mapping(uint256 disputeId => bytes32) private _caseOfDispute;
    /// @inheritdoc IErc792Arbitrator
    mapping(address account => uint256) public creditOf;

    /// @param metaEvidence where the question and the meaning of the rulings are described (ERC-1497)
    constructor(
        address escrow_,
        address foreign_,
        bytes memory extraData_,
        uint40 depositPeriod_,
        string memory metaEvidence
    ) {
        if (escrow_ == address(0) || foreign_ == address(0)) {
            revert Erc792Arbitrator_ZeroAddress();
        }
        _escrow = IEscrow(escrow_);
        _ruleBook = IRuleBook(IEscrow(escrow_).ruleBook());
        _foreign = IArbitrator(foreign_);
        extraData = extraData_;
        depositPeriod = depositPeriod_;
        emit MetaEvidence(META_EVIDENCE, metaEvidence);
    }

    /// @inheritdoc IErc792Arbitrator
    function openCase(Trade calldata trade, uint256 tranche) external payable nonReentrant returns (bytes32 caseId) {
        (bytes32 tradeId, TrancheState[] memory states) = _escrow.tranchesOf(trade);
        caseId = caseIdOf(tradeId, tranche);
        if (_cases[caseId].status != ForeignStatus.None) revert Erc792Arbitrator_CaseExists(caseId);
        if (tranche >= states.length || states[tranche].status != TrancheStatus.Disputed) {
            revert Erc792Arbitrator_NotDisputed(caseId);
        }
        DisputeRules memory rules = _ruleBook.disputeRules(trade.pin.rulesVersion());
        if (rules.arbitrator != address(this)) revert Erc792Arbitrator_NotArbitrator(rules.arbitrator);
        uint256 dueAt = states[tranche].since + rules.rulingPeriod;
        if (block.timestamp + depositPeriod >= dueAt) revert Erc792Arbitrator_NoTimeLeft(dueAt);
        address performer = trade.parties[trade.tranches[tranche].performer()];
        address checker = trade.parties[trade.tranches[tranche].checker()];
        if (msg.sender != performer && msg.sender != checker) revert Erc792Arbitrator_NotSide(msg.sender);

        uint256 deposit = _foreign.arbitrationCost(extraData);
        uint256 excess = _excess(deposit);
        ForeignCase storage c = _cases[caseId];
        // No cut: times of this era, tranches below 20, and less coin than there is.
        // forge-lint: disable-start(unsafe-typecast)
        (c.performer, c.checker) = (performer, checker);
        (c.deadline, c.dueAt) = (uint40(block.timestamp) + depositPeriod, uint40(dueAt));
        (c.status, c.tranche) = (ForeignStatus.Deposited, uint8(tranche));
        (c.deposit, c.held, c.openedByPerformer) = (uint96(deposit), uint128(deposit), msg.sender == performer);
        // forge-lint: disable-end(unsafe-typecast)
        emit CaseOpened(caseId, tradeId, tranche, performer, checker, msg.sender, deposit, c.deadline, c.dueAt);
        _credit(msg.sender, excess);
    }

    /// @inheritdoc IErc792Arbitrator
    function join(bytes32 caseId) external payable nonReentrant {
        ForeignCase storage c = _in(caseId, ForeignStatus.Deposited);
        if (msg.sender != (c.openedByPerformer ? c.checker : c.performer)) revert Erc792Arbitrator_NotSide(msg.sender);
        if (block.timestamp > c.deadline) revert Erc792Arbitrator_TooLate(caseId, c.deadline);
        if (msg.value != c.deposit) revert Erc792Arbitrator_WrongValue(msg.value, c.deposit);
        c.status = ForeignStatus.Joined;
        c.held += c.deposit;
        emit CaseJoined(caseId, msg.sender);
    }

    /// @inheritdoc IErc792Arbitrator
    function submit(bytes32 caseId, Trade calldata trade) external payable nonReentrant {
        ForeignCase storage c = _in(caseId, ForeignStatus.Joined);
        if (!_isDisputed(caseId, c, trade)) revert Erc792Arbitrator_NotDisputed(caseId);
        if (block.timestamp > c.dueAt) revert Erc792Arbitrator_TooLate(caseId, c.dueAt);

        uint256 cost = _foreign.arbitrationCost(extraData);
        uint256 held = c.held;
        uint256 excess = _excess(cost > held ? cost - held : 0);
        held = cost > held ? 0 : held - cost;
        // forge-lint: disable-next-line(unsafe-typecast)
        (c.status, c.held) = (ForeignStatus.Submitted, uint128(held));
        _credit(msg.sender, excess);
        uint256 disputeId = _foreign.createDispute{value: cost}(CHOICES, extraData);
        if (_caseOfDispute[disputeId] != 0) revert Erc792Arbitrator_DisputeIdTaken(disputeId);
        _caseOfDispute[disputeId] = caseId;
        c.disputeId = disputeId;
        emit CaseSubmitted(caseId, disputeId, cost, held);
        emit Dispute(_foreign, disputeId, META_EVIDENCE, uint256(caseId));
    }

    /// @inheritdoc IErc792Arbitrator
    function appeal(bytes32 caseId) external payable nonReentrant {
        uint256 disputeId = _in(caseId, ForeignStatus.Submitted).disputeId;
        uint256 cost = _foreign.appealCost(disputeId, extraData);
        _credit(msg.sender, _excess(cost));
        emit CaseAppealed(caseId, disputeId, msg.sender, cost);
        _foreign.appeal{value: cost}(disputeId, extraData);
    }

    /// @inheritdoc IErc792Arbitrator
    function submitEvidence(bytes32 caseId, string calldata evidence) external {
        ForeignCase storage c = _open(caseId);
        if (msg.sender != c.performer && msg.sender != c.checker) revert Erc792Arbitrator_NotSide(msg.sender);
        emit Evidence(_foreign, uint256(caseId), msg.sender, evidence);
    }

    /// @inheritdoc IArbitrable
    function rule(uint256 disputeId, uint256 ruling) external nonReentrant {
        if (msg.sender != address(_foreign)) revert Erc792Arbitrator_NotForeign(msg.sender);
        bytes32 caseId = _caseOfDispute[disputeId];
        if (caseId == 0) revert Erc792Arbitrator_UnknownDispute(disputeId);
        ForeignCase storage c = _in(caseId, ForeignStatus.Submitted);
        if (ruling > CHOICES) revert Erc792Arbitrator_BadRuling(ruling);
        // forge-lint: disable-next-line(unsafe-typecast)
        (c.status, c.ruling) = (ForeignStatus.Ruled, uint8(ruling));
        emit Ruling(_foreign, disputeId, ruling);
    }

    /// @inheritdoc IErc792Arbitrator
    function execute(bytes32 caseId, Trade calldata trade) external nonReentrant {
        ForeignCase memory c = _open(caseId);
        bool disputed = _isDisputed(caseId, c, trade);
        bool late = block.timestamp > c.dueAt;
        bool decided = c.status == ForeignStatus.Ruled;
        if (c.status == ForeignStatus.Deposited) {
            decided = block.timestamp > c.deadline;
            c.ruling = uint8(c.openedByPerformer ? FOR_PERFORMER : FOR_CHECKER);
        }
        if (disputed && !late && !decided) {
            revert Erc792Arbitrator_NotDue(caseId, c.status == ForeignStatus.Deposited ? c.deadline : c.dueAt);
        }
        _cases[caseId].status = ForeignStatus.Closed;
        _cases[caseId].held = 0;
        (uint256 toPerformer, uint256 toChecker) = _shares(c);
        emit CaseClosed(caseId, toPerformer, toChecker);
        _credit(c.performer, toPerformer);
        _credit(c.checker, toChecker);
        if (!disputed) return;
        if (late) _escrow.expire(trade, c.tranche);
        else if (c.ruling == REFUSED) _escrow.decline(trade, c.tranche);
        else if (c.ruling == FOR_PERFORMER) _escrow.rule(trade, c.tranche, BPS);
        else if (c.ruling == FOR_CHECKER) _escrow.rule(trade, c.tranche, 0);
        else _escrow.rule(trade, c.tranche, BPS / 2);
    }

    /// @inheritdoc IErc792Arbitrator
    function withdraw(address account, address to) external nonReentrant returns (uint256 amount) {
        if (to == address(0)) revert Erc792Arbitrator_ZeroAddress();
        if (to != account && msg.sender != account) revert Erc792Arbitrator_NotOwner(account);
        amount = creditOf[account];
        if (amount == 0) revert Erc792Arbitrator_NoCredit(account);
        delete creditOf[account];
        emit Withdrawn(account, to, amount);
        bool ok;
        // Nothing of what the payee returns is copied.
        assembly ("memory-safe") {
            ok := call(gas(), to, amount, 0, 0, 0, 0)
        }
        if (!ok) revert Erc792Arbitrator_PayoutFailed(to);
    }

    /// @inheritdoc IErc792Arbitrator
    function caseOf(bytes32 caseId) external view returns (ForeignCase memory) {
        return _cases[caseId];
    }

    /// @inheritdoc IErc792Arbitrator
    function foreign() external view returns (address) {
        return address(_foreign);
    }

    /// @inheritdoc IErc792Arbitrator
    function escrow() external view returns (address) {
        return address(_escrow);
    }

    /// @inheritdoc IErc792Arbitrator
    function caseIdOf(bytes32 tradeId, uint256 tranche) public pure returns (bytes32) {
        return keccak256(abi.encode(tradeId, tranche));
    }

    function _credit(address account, uint256 amount) private {
        if (amount == 0) return;
        creditOf[account] += amount;
        emit Credited(account, amount);
    }

    /// @dev What was sent above what is needed.
    function _excess(uint256 needed) private view returns (uint256) {
        if (msg.value < needed) revert Erc792Arbitrator_WrongValue(msg.value, needed);
        return msg.value - needed;
    }

    /// @dev A case that is not closed.
    function _open(bytes32 caseId) private view returns (ForeignCase storage c) {
        c = _cases[caseId];
        if (c.status == ForeignStatus.None) revert Erc792Arbitrator_UnknownCase(caseId);
        if (c.status == ForeignStatus.Closed) revert Erc792Arbitrator_WrongStatus(caseId, c.status);
    }

    function _in(bytes32 caseId, ForeignStatus status) private view returns (ForeignCase storage c) {
        c = _open(caseId);
        if (c.status != status) revert Erc792Arbitrator_WrongStatus(caseId, c.status);
    }

    /// @dev Whether the case's tranche still is.
    function _isDisputed(bytes32 caseId, ForeignCase memory c, Trade calldata trade) private view returns (bool) {
        (bytes32 tradeId, TrancheState[] memory states) = _escrow.tranchesOf(trade);
        if (caseIdOf(tradeId, c.tranche) != caseId) revert Erc792Arbitrator_WrongTrade(tradeId);
        return states[c.tranche].status == TrancheStatus.Disputed;
    }

    /// @dev The winner gets its deposit back, as far as it is not spent, and the loser what is left then. Where there is
    /// neither, each gets half.
    function _shares(ForeignCase memory c) private pure returns (uint256 toPerformer, uint256 toChecker) {
        uint256 held = c.held;
        uint256 first = held < c.deposit ? held : c.deposit;
        if (c.ruling == FOR_PERFORMER) return (first, held - first);
        if (c.ruling == FOR_CHECKER) return (held - first, first);
        return (held / 2, held - held / 2);
    }
}
