// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {GovernorPoints} from "contracts/governance/GovernorPoints.sol";
import {IMarketGovernor} from "contracts/interfaces/IMarketGovernor.sol";
import {IProposalTypes} from "contracts/interfaces/IProposalTypes.sol";
import {PROPOSAL_TYPES, ProposalTerms} from "contracts/types/Proposals.sol";
import {BPS} from "contracts/types/Rules.sol";

/// @title A quorum, an approval and a delay for each type of proposal
/// @dev A proposal's types are the last five bits of its vote's duration, and its terms those that count for its
/// snapshot: both are fixed when it is made, and neither takes a word of storage.
abstract contract GovernorTyped is GovernorPoints {
    uint256 private constant ALL = 2 ** PROPOSAL_TYPES - 1;
    uint8 private constant ANYTHING = 16;

    IProposalTypes private immutable _types;

    uint256 private transient _proposedTypes;

    constructor(IProposalTypes types, address timelock_) {
        if (types.timelock() != timelock_ || types.notice() <= _longestVotingDelay()) {
            revert MarketGovernor_UnfitTypes(address(types));
        }
        _types = types;
    }

    /// @inheritdoc IMarketGovernor
    function proposalTypes() public view returns (address) {
        return address(_types);
    }

    /// @inheritdoc IMarketGovernor
    function proposalTerms(uint256 proposalId) public view returns (uint8 types, ProposalTerms memory terms) {
        uint256 snapshot = proposalSnapshot(proposalId);
        if (snapshot == 0) revert GovernorNonexistentProposal(proposalId);
        types = _typesOf(proposalId);
        // forge-lint: disable-next-line(unsafe-typecast)
        terms = _types.termsOf(types, uint48(snapshot));
    }

    /// @inheritdoc IMarketGovernor
    function proposalQuorum(uint256 proposalId) public view returns (uint256) {
        (, ProposalTerms memory terms) = proposalTerms(proposalId);
        return _quorumAt(proposalSnapshot(proposalId), terms.quorumBps);
    }

    /// @notice Units that must vote for or abstain where a proposal of this snapshot may do anything: the most that any
    /// proposal takes. Its own is `proposalQuorum`.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        // Votes of a later time than 48 bits can tell are refused.
        // forge-lint: disable-next-line(unsafe-typecast)
        return _quorumAt(timepoint, _types.termsOf(ANYTHING, uint48(timepoint)).quorumBps);
    }

    /// @notice Seconds between a proposal's snapshot and its deadline. Of a proposal they are rounded down to a multiple
    /// of 32 and carry its types in what is left: it can be 31 seconds shorter or longer.
    function votingPeriod() public view virtual override(Governor, GovernorSettings) returns (uint256 period) {
        period = super.votingPeriod();
        if (_proposedTypes != 0) period = period & ~ALL | _proposedTypes;
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal virtual override returns (uint256 proposalId) {
        _proposedTypes = _types.typesOf(targets, values, calldatas);
        proposalId = super._propose(targets, values, calldatas, description, proposer);
        _proposedTypes = 0;
    }

    /// @dev More than the approval of its types: at 5,000 basis points a tie is not enough.
    function _isApproved(uint256 proposalId, uint256 votesFor, uint256 against) internal view returns (bool) {
        (, ProposalTerms memory terms) = proposalTerms(proposalId);
        return votesFor * BPS > (votesFor + against) * terms.approvalBps;
    }

    /// @dev The timelock's own delay is the least; a longer one is kept here, as its only executor.
    function _etaAfter(uint256 proposalId, uint48 timelockEta) internal view returns (uint48) {
        (, ProposalTerms memory terms) = proposalTerms(proposalId);
        return uint48(Math.max(timelockEta, clock() + terms.delay));
    }

    function _checkExecutable(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas
    ) internal view {
        uint256 eta = proposalEta(proposalId);
        if (clock() < eta) revert MarketGovernor_NotDue(proposalId, eta);
        uint8 proposed = _typesOf(proposalId);
        uint8 current = _types.typesOf(targets, values, calldatas);
        if (current | proposed != proposed) revert MarketGovernor_TypesChanged(proposalId, proposed, current);
    }

    function _typesOf(uint256 proposalId) private view returns (uint8) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint8(Governor.proposalDeadline(proposalId) - proposalSnapshot(proposalId) & ALL);
    }
}
