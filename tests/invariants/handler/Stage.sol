// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IProposalTypes} from "contracts/interfaces/IProposalTypes.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {Caps} from "contracts/types/Caps.sol";
import {GovernorBounds, GovernorParameters} from "contracts/types/Governance.sol";
import {PROPOSAL_TYPES, ProposalTerms, ProposalTypesSetup} from "contracts/types/Proposals.sol";
import {
    AssetRule,
    Bounds,
    DisputeRules,
    FeeRules,
    JURY_FIELDS,
    JuryRules,
    RuleBookSetup
} from "contracts/types/Rules.sol";
import {GovernorFace, ReputationFace} from "tests/invariants/support/Faces.sol";
import {Labels} from "tests/invariants/support/Labels.sol";
import {DenyingToken, TakingToken, Token} from "tests/invariants/support/Tokens.sol";
import {check, vm} from "tests/invariants/support/Vm.sol";
import {Wallet} from "tests/invariants/support/Wallet.sol";

/// @title The contracts as a market has them, and the people on it
/// @dev Time is kept here, and set again before every action: what Foundry keeps of it between calls is not relied on.
abstract contract Stage {
    uint40 internal constant GENESIS = 1_800_000_000;
    uint40 internal constant DAY = 1 days;
    uint96 internal constant POINT = 1e6;
    uint96 internal constant RATE = 1000 * POINT;
    uint96 internal constant ALLOTTED = 10_000 * POINT;
    uint256 internal constant ACTORS = 6;
    /// No case that the bounds of a jury allow is longer: 2 * 8 + 6 * 4 * 8 + 5 * 8 seconds.
    uint40 internal constant SHORTEST_RULING = 248;

    IEscrow public escrow;
    IRuleBook public ruleBook;
    ReputationFace public reputation;
    IProposalTypes public types;
    GovernorFace public governor;
    address public timelock;
    Labels public labels;
    Token public honest;
    DenyingToken public denying;
    TakingToken public taking;

    /// Four keys, a contract wallet, and one whose mood changes.
    address[] internal actors;
    mapping(address actor => uint256) internal keyOf;
    Wallet internal moody;
    address[] internal assets;
    /// Whoever could be paid: the actors, the treasury, and people who have no part in any trade.
    address[] internal watched;

    address internal constant KEEPER = address(0xbeef1);
    address internal constant GUARDIAN = address(0xbeef2);
    address internal constant SAFE_PLACE = address(0xbeef3);
    address[2] internal arbitrators = [address(0xbeef4), address(0xbeef5)];

    uint256 public time = GENESIS;
    uint256 internal height = 1000;

    constructor() {
        vm.warp(time);
        vm.roll(height);
        _gather();
        address[] memory nobody = new address[](0);
        timelock = vm.deployCode(
            "contracts/governance/MarketTimelock.sol:MarketTimelock",
            abi.encode(2 days, nobody, nobody, address(this), _bounds(1 days, 14 days))
        );
        honest = new Token();
        denying = new DenyingToken();
        taking = new TakingToken();
        assets = [address(0), address(honest), address(denying)];
        ruleBook = IRuleBook(vm.deployCode("contracts/governance/RuleBook.sol:RuleBook", abi.encode(_rules())));
        labels = new Labels();
        // The reputation comes right after the Escrow, which is told of it.
        address told = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        bytes memory arguments = abi.encode(ruleBook, timelock, told, labels);
        escrow = IEscrow(vm.deployCode("contracts/market/Escrow.sol:Escrow", arguments));
        reputation = _newReputation();
        check(address(reputation) == told, "the Escrow asks another reputation");
        types = IProposalTypes(
            vm.deployCode("contracts/governance/ProposalTypes.sol:ProposalTypes", abi.encode(_firstTypes()))
        );
        governor = GovernorFace(
            vm.deployCode(
                "contracts/governance/MarketGovernor.sol:MarketGovernor",
                abi.encode(reputation, timelock, types, _settings())
            )
        );
        IAccessControl(timelock).grantRole(keccak256("PROPOSER_ROLE"), address(governor));
        IAccessControl(timelock).grantRole(keccak256("EXECUTOR_ROLE"), address(governor));
        IAccessControl(timelock).renounceRole(0, address(this));
        _approve();
    }

    function _gather() private {
        for (uint256 key = 1; key <= ACTORS; ++key) {
            address actor = vm.addr(key);
            if (key > 4) {
                moody = new Wallet(actor);
                actor = address(moody);
            }
            actors.push(actor);
            keyOf[actor] = key;
        }
        watched = actors;
        watched.push(KEEPER);
        watched.push(SAFE_PLACE);
        watched.push(arbitrators[0]);
        watched.push(arbitrators[1]);
    }

    function _approve() private {
        watched.push(timelock);
        for (uint256 i; i < ACTORS; ++i) {
            vm.prank(actors[i]);
            honest.approve(address(escrow), type(uint256).max);
            vm.prank(actors[i]);
            denying.approve(address(escrow), type(uint256).max);
            vm.prank(actors[i]);
            taking.approve(address(escrow), type(uint256).max);
        }
    }

    function _rules() private view returns (RuleBookSetup memory setup) {
        setup.timelock = timelock;
        setup.guardian = GUARDIAN;
        setup.guardianUntil = GENESIS + 730 days;
        setup.maxPause = 14 days;
        setup.feeBounds = Bounds(0, 1000, 500, 1 days);
        setup.rulingPeriodBounds = Bounds(SHORTEST_RULING, 60 days, 30 days, 2 days);
        setup.defaultPerformerBounds = Bounds(0, 10_000, 10_000, 1 days);
        setup.rateBounds = Bounds(POINT, 1000 * RATE, 5000, 1 days);
        setup.juryBounds = _juryBounds();
        setup.fees = _firstFees();
        setup.disputes = _firstDisputes();
        setup.jury = _firstJury();
        setup.assets = new address[](4);
        (setup.assets[1], setup.assets[2], setup.assets[3]) = (address(honest), address(denying), address(taking));
        setup.assetRules = new AssetRule[](4);
        for (uint256 i; i < 4; ++i) {
            setup.assetRules[i] = AssetRule(true, RATE);
        }
    }

    function _firstFees() internal pure returns (FeeRules memory fees) {
        for (uint16 i; i < fees.feeBps.length; ++i) {
            fees.feeBps[i] = 100 * i;
        }
    }

    function _firstDisputes() internal view returns (DisputeRules memory) {
        return DisputeRules(arbitrators[0], 14 days, 5000);
    }

    /// A case is over within seconds: the ruling period is what the market feels.
    function _juryBounds() private pure returns (Bounds[JURY_FIELDS] memory bounds) {
        for (uint256 i; i < JURY_FIELDS; ++i) {
            bounds[i] = Bounds(1, 8, 8, 1 days);
        }
        bounds[8] = Bounds(1, 31, 30, 1 days); // jurors
        bounds[9] = Bounds(0, 4, 4, 1 days); // appeals
        bounds[10] = Bounds(10_000, 50_000, 40_000, 3 days); // what an appeal costs
    }

    function _firstJury() internal pure returns (JuryRules memory) {
        return JuryRules(1, 1, 1, 1, 1, 1, 1, 1, 3, 2, 15_000, 1, 1);
    }

    function _newReputation() private returns (ReputationFace) {
        address[] memory escrows = new address[](1);
        escrows[0] = address(escrow);
        address[] memory members = new address[](3);
        uint256[] memory points = new uint256[](3);
        for (uint256 i; i < 3; ++i) {
            (members[i], points[i]) = (actors[i], ALLOTTED);
        }
        Caps memory caps = Caps(400 * POINT, 900 * POINT, 3400);
        bytes memory arguments = abi.encode(timelock, ruleBook, caps, escrows, members, points);
        return ReputationFace(vm.deployCode("contracts/governance/Reputation.sol:Reputation", arguments));
    }

    function _firstTypes() private view returns (ProposalTypesSetup memory setup) {
        (setup.timelock, setup.ruleBook, setup.escrow) = (timelock, address(ruleBook), address(escrow));
        setup.quorumBounds = Bounds(400, 4000, 1000, 8 days);
        setup.approvalBounds = Bounds(5000, 8000, 1000, 8 days);
        setup.delayBounds = Bounds(1 days, 30 days, 30 days, 8 days);
        for (uint16 i; i < PROPOSAL_TYPES; ++i) {
            setup.terms[i] = ProposalTerms(2000 + 100 * i, 5000 + 300 * i, 1 days + uint32(i) * 12 hours);
        }
    }

    function _settings() private pure returns (GovernorParameters memory) {
        return GovernorParameters({
            votingDelay: 1 days,
            votingPeriod: 5 days,
            proposalThreshold: 100 * POINT,
            lateQuorumVoteExtension: 2 days,
            quorumFloor: 200 * POINT,
            grace: 7 days,
            guardian: GUARDIAN,
            guardianUntil: GENESIS + 180 days,
            bounds: GovernorBounds({
                votingDelay: _bounds(1 hours, 7 days),
                votingPeriod: _bounds(1 days, 14 days),
                proposalThreshold: _bounds(10 * POINT, 1000 * POINT),
                lateQuorumVoteExtension: _bounds(1 hours, 4 days)
            })
        });
    }

    function _bounds(uint96 min, uint96 max) internal pure returns (Bounds memory) {
        return Bounds(min, max, max, 0);
    }

    /// Sets the clock, and a block of its own for each action: a trade's salt comes from the block before.
    function _now() internal {
        vm.warp(time);
        vm.roll(++height);
    }

    function _wait(uint256 duration) internal {
        time += duration;
        _now();
    }

    function _balance(address account, address asset) internal view returns (uint256) {
        return asset == address(0) ? account.balance : Token(asset).balanceOf(account);
    }

    /// Gives `account` so much more of an asset.
    function _give(address account, address asset, uint256 amount) internal {
        if (asset == address(0)) vm.deal(account, account.balance + amount);
        else Token(asset).mint(account, amount);
    }

    function _sign(address signer, bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[signer], digest);
        return abi.encodePacked(r, s, v);
    }

    /// Calls the Escrow, RuleBook, ... as `sender`; what it answers on failure is the failure here.
    function _call(address sender, address target, bytes memory data) internal {
        vm.prank(sender);
        (bool ok, bytes memory answer) = target.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    /// The same call must be refused with this error.
    function _refused(address sender, uint256 value, address target, bytes memory data, bytes4 with) internal {
        if (value != 0) vm.deal(sender, sender.balance + value);
        vm.prank(sender);
        (bool ok, bytes memory answer) = target.call{value: value}(data);
        if (value != 0) vm.deal(sender, sender.balance - value);
        check(!ok, "what must be refused went through");
        check(bytes4(answer) == with, "refused for another reason");
    }
}
