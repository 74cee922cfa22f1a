// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ForeignCase, ForeignStatus} from "contracts/types/ForeignCase.sol";
import {Trade} from "contracts/types/Trade.sol";

/// @title A foreign arbitrator, by ERC-792, in the place of the Court
/// @notice Members who want a court such as Kleros' to settle disputes deploy this and vote it in as the arbitrator of the
/// RuleBook. A checker disputes at the Escrow; then either side opens the case here with a deposit of what arbitration
/// costs, and the other joins with the same or loses. Anyone submits it, paid for out of both deposits; anyone appeals,
/// at the own expense; anyone has the ruling carried out. The winner's deposit comes back, so that the loser pays.
/// @dev Rulings: 1 the performer gets all, 2 the checker gets all, 3 half and half, 0 refused: the pinned default split.
/// The foreign arbitrator is trusted with its ruling and with nothing else: whatever it does or fails to do, anyone may
/// close the case after the pinned ruling period, by which the Escrow splits by the default and the deposits come back
/// as far as they are not spent. A RuleBook that names this needs a ruling period longer than the deposit period and the
/// longest dispute of the foreign court. Money is in wei, owed as credits and never pushed. Invariant: the coin held
/// covers the credits and what is `held` of each case.
interface IErc792Arbitrator {
    /// @notice One side opened a case with its deposit; the other can join up to and including `deadline`.
    event CaseOpened(
        bytes32 indexed caseId,
        bytes32 indexed tradeId,
        uint256 tranche,
        address performer,
        address checker,
        address by,
        uint256 deposit,
        uint40 deadline,
        uint40 dueAt
    );
    /// @notice The other side deposited the same.
    event CaseJoined(bytes32 indexed caseId, address by);
    /// @notice A case was submitted: `cost` was paid, `held` is left of the deposits.
    event CaseSubmitted(bytes32 indexed caseId, uint256 indexed disputeId, uint256 cost, uint256 held);
    /// @notice Somebody paid `cost` for an appeal at the foreign arbitrator.
    event CaseAppealed(bytes32 indexed caseId, uint256 indexed disputeId, address by, uint256 cost);
    /// @notice The tranche is closed, and what was left of the deposits credited: this much to each side.
    event CaseClosed(bytes32 indexed caseId, uint256 toPerformer, uint256 toChecker);
    /// @notice Coin is owed to `account`.
    event Credited(address indexed account, uint256 amount);
    /// @notice A credit was paid out.
    event Withdrawn(address indexed account, address to, uint256 amount);

    /// @notice An address is missing.
    error Erc792Arbitrator_ZeroAddress();
    /// @notice There is no such case.
    error Erc792Arbitrator_UnknownCase(bytes32 caseId);
    /// @notice A tranche has one case at most.
    error Erc792Arbitrator_CaseExists(bytes32 caseId);
    /// @notice The Escrow does not say that the case's tranche is disputed.
    error Erc792Arbitrator_NotDisputed(bytes32 caseId);
    /// @notice The trade's pinned rules name another arbitrator.
    error Erc792Arbitrator_NotArbitrator(address arbitrator);
    /// @notice The deposit period would not end before the last second in which the Escrow takes a ruling.
    error Erc792Arbitrator_NoTimeLeft(uint256 dueAt);
    /// @notice Only the tranche's performer and checker may do this, of these two only the one whose turn it is.
    error Erc792Arbitrator_NotSide(address caller);
    /// @notice The coin sent is not what is needed (wei).
    error Erc792Arbitrator_WrongValue(uint256 sent, uint256 needed);
    /// @notice The case is in a status in which this cannot be done.
    error Erc792Arbitrator_WrongStatus(bytes32 caseId, ForeignStatus status);
    /// @notice This could be done up to and including `deadline` (unix seconds).
    error Erc792Arbitrator_TooLate(bytes32 caseId, uint256 deadline);
    /// @notice The deadline (unix seconds) has not passed.
    error Erc792Arbitrator_NotDue(bytes32 caseId, uint256 deadline);
    /// @notice The trade is not the one that the case is about.
    error Erc792Arbitrator_WrongTrade(bytes32 tradeId);
    /// @notice The caller is not the foreign arbitrator.
    error Erc792Arbitrator_NotForeign(address caller);
    /// @notice No case has this dispute.
    error Erc792Arbitrator_UnknownDispute(uint256 disputeId);
    /// @notice The foreign arbitrator gave a new dispute the number of an older one.
    error Erc792Arbitrator_DisputeIdTaken(uint256 disputeId);
    /// @notice Rulings are 0 to 3.
    error Erc792Arbitrator_BadRuling(uint256 ruling);
    /// @notice Nothing is owed to this account.
    error Erc792Arbitrator_NoCredit(address account);
    /// @notice Only the owner of a credit may send it to another address.
    error Erc792Arbitrator_NotOwner(address account);
    /// @notice The receiver refused the payment; the credit stays.
    error Erc792Arbitrator_PayoutFailed(address to);

    /// @notice Either side of a tranche that the Escrow calls disputed: open its case with what arbitration costs now, or
    /// more: the excess is credited.
    function openCase(Trade calldata trade, uint256 tranche) external payable returns (bytes32 caseId);

    /// @notice The other side: deposit the very same, in the deposit period. The foreign arbitrator is not asked, so that
    /// it cannot keep anybody from joining.
    function join(bytes32 caseId) external payable;

    /// @notice Anyone, while the Escrow takes a ruling: create the dispute at the foreign arbitrator, for what that costs
    /// now. It is paid out of both deposits; what it costs above them comes with the call, and an excess is credited.
    function submit(bytes32 caseId, Trade calldata trade) external payable;

    /// @notice Anyone: appeal at the foreign arbitrator, for what that costs now, at the caller's expense; an excess is
    /// credited.
    function appeal(bytes32 caseId) external payable;

    /// @notice A side, until the case is closed: show evidence (ERC-1497; the group is the case's id).
    function submitEvidence(bytes32 caseId, string calldata evidence) external;

    /// @notice Anyone: have a case carried out that is ruled, that only one side deposited for in time, whose ruling
    /// period has passed, or whose tranche the sides closed at the Escrow.
    function execute(bytes32 caseId, Trade calldata trade) external;

    /// @notice Pay out the credit of `account`: its owner to any address, anyone else to the owner itself.
    /// @return amount wei paid
    function withdraw(address account, address to) external returns (uint256 amount);

    /// @notice A case as it stands; all zero if there is none.
    function caseOf(bytes32 caseId) external view returns (ForeignCase memory);

    /// @notice The id that the case of a tranche has.
    function caseIdOf(bytes32 tradeId, uint256 tranche) external pure returns (bytes32);

    /// @notice What is owed to an account, in wei.
    function creditOf(address account) external view returns (uint256);

    /// @notice What the foreign arbitrator is told of how to rule: at Kleros the court and the number of jurors.
    function extraData() external view returns (bytes memory);

    /// @notice The foreign arbitrator.
    function foreign() external view returns (address);

    /// @notice Where the money is.
    function escrow() external view returns (address);

    /// @notice Seconds that the other side has to join.
    function depositPeriod() external view returns (uint40);
}
