// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Credits} from "contracts/court/Credits.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";
import {IRandomness} from "contracts/interfaces/IRandomness.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {Case, CaseStatus, Side} from "contracts/types/Court.sol";
import {JuryRules} from "contracts/types/Rules.sol";

/// @title The cases, the rules they are held under, and whom the Court talks to
abstract contract Cases is Credits {
    IEscrow internal immutable _escrow;
    IJurorPool internal immutable _pool;
    IRandomness internal immutable _randomness;
    IRuleBook internal immutable _ruleBook;
    address internal immutable _treasury;

    mapping(bytes32 caseId => Case) internal _cases;

    constructor(address escrow_, address pool_, address randomness_, address treasury_) {
        if (pool_ == address(0) || randomness_ == address(0) || treasury_ == address(0)) revert Court_ZeroAddress();
        if (escrow_ == address(0)) revert Court_ZeroAddress();
        _escrow = IEscrow(escrow_);
        _pool = IJurorPool(pool_);
        _randomness = IRandomness(randomness_);
        _ruleBook = IRuleBook(IEscrow(escrow_).ruleBook());
        _treasury = treasury_;
    }

    /// @inheritdoc ICourt
    function caseOf(bytes32 caseId) external view returns (Case memory) {
        return _cases[caseId];
    }

    /// @inheritdoc ICourt
    function arbitrationFee(uint32 rulesVersion) external view returns (uint256) {
        return _fee(_ruleBook.juryRules(rulesVersion));
    }

    /// @inheritdoc ICourt
    function escrow() external view returns (address) {
        return address(_escrow);
    }

    /// @inheritdoc ICourt
    function pool() external view returns (address) {
        return address(_pool);
    }

    /// @inheritdoc ICourt
    function randomness() external view returns (address) {
        return address(_randomness);
    }

    /// @inheritdoc ICourt
    function treasury() external view returns (address) {
        return _treasury;
    }

    /// @inheritdoc ICourt
    function caseIdOf(bytes32 tradeId, uint256 tranche) public pure returns (bytes32) {
        return keccak256(abi.encode(tradeId, tranche));
    }

    function _known(bytes32 caseId) internal view returns (Case memory c) {
        c = _cases[caseId];
        if (c.status == CaseStatus.None) revert Court_UnknownCase(caseId);
    }

    function _save(bytes32 caseId, Case memory c) internal {
        _cases[caseId] = c;
    }

    function _rulesOf(Case memory c) internal view returns (JuryRules memory) {
        return _ruleBook.juryRules(c.rulesVersion);
    }

    /// @dev Starts a period that ends in this second.
    function _start(bytes32 caseId, Case memory c, CaseStatus status, uint256 deadline) internal {
        c.status = status;
        // No cut: a time of 32 bits and a period of a year.
        // forge-lint: disable-next-line(unsafe-typecast)
        c.deadline = uint40(deadline);
        emit PeriodStarted(caseId, status, c.round, c.deadline);
    }

    function _sideOf(Case memory c, address account) internal pure returns (Side) {
        if (account == c.performer) return Side.Performer;
        return account == c.checker ? Side.Checker : Side.None;
    }

    function _revertWrongStatus(bytes32 caseId, Case memory c) internal pure {
        revert Court_WrongStatus(caseId, c.status);
    }

    /// @dev The arbitration fee of the first round, in wei: what each side deposits.
    function _fee(JuryRules memory rules) internal pure returns (uint256) {
        return uint256(rules.jurorFee) * rules.jurors;
    }
}
