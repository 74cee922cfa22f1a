// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    Appeal,
    Case,
    CaseStatus,
    Closing,
    Decision,
    Panel,
    PanelState,
    Seat,
    SeatState,
    Side
} from "contracts/types/Court.sol";
import {Trade, TrancheStatus} from "contracts/types/Trade.sol";

/// @title The court: juries of members settle disputed tranches
/// @notice Pulls: a checker disputes at the Escrow; then either side opens the case here with the arbitration fee, and
/// the other joins with the same or loses. A panel is drawn while both show evidence; jurors commit to a split, reveal
/// it, and the median rules. Each side may fund an appeal to a panel of twice the jurors and one more. The ruling is
/// carried out at the Escrow. All rules are those of the version that the trade pinned. Every period has a deadline, and
/// anyone moves a case on; an action moves it on by itself as far as it is due.
/// @dev Money is in wei of the chain's coin, owed as credits and never pushed. Shares are basis points for the performer.
/// A case is named by `caseIdOf`, a panel by its round (from 0) and its attempt (1 if it was drawn again, else 0), a seat
/// by its place in the panel. Invariant: the coin held covers the credits, the deposits of cases that are not decided,
/// the fees of rounds that are not settled, and the appeals that are not claimed.
interface ICourt {
    /// @notice One side opened a case; the other can join up to and including `deadline`.
    event CaseOpened(
        bytes32 indexed caseId,
        bytes32 indexed tradeId,
        uint256 tranche,
        address performer,
        address checker,
        uint32 rulesVersion,
        Side depositor,
        uint256 deposit,
        uint40 deadline
    );
    /// @notice The other side deposited too.
    event CaseJoined(bytes32 indexed caseId, uint256 deposit, uint40 evidenceUntil);
    /// @notice A period began; `deadline` (unix seconds) is its last second. Of the evidence, a panel of this round is
    /// drawn meanwhile; if it takes longer, for a commit period more.
    event PeriodStarted(bytes32 indexed caseId, CaseStatus status, uint256 round, uint40 deadline);
    /// @notice A seed was asked for. Draw i of the panel, for i from 0 to 65,534, goes to `pool.draw(epoch, n)`, where n
    /// is the hash of (seed, caseId, round, attempt, i), each encoded as a word. Passed over: who sits on the panel or was
    /// struck from it, the two sides, and who has no `seatStake` left to lock.
    event PanelRequested(
        bytes32 indexed caseId, uint256 round, uint256 attempt, uint256 requestId, uint256 epoch, uint256 jurors
    );
    /// @notice A juror was seated and its `seatStake` locked; `draw` is the number i that drew it.
    event JurorDrawn(bytes32 indexed caseId, address indexed juror, uint256 round, uint256 seat, uint256 draw);
    /// @notice A juror was unseated and its stake unlocked, because `tradeId` is a trade of its with a party.
    event JurorStruck(bytes32 indexed caseId, address indexed juror, uint256 round, uint256 seat, bytes32 tradeId);
    /// @notice A juror committed to a choice.
    event VoteCommitted(bytes32 indexed caseId, address indexed juror, uint256 round, uint256 seat, bytes32 commitment);
    /// @notice A juror revealed its choice.
    event VoteRevealed(
        bytes32 indexed caseId, address indexed juror, uint256 round, uint256 seat, uint256 performerBps, bytes32 salt
    );
    /// @notice Somebody opened a juror's commitment before the reveal: the seat is void, `amount` of its stake (base
    /// units) went to `by`, and the rest of it to the jurors of the round.
    event VoteDenounced(
        bytes32 indexed caseId, address indexed juror, uint256 round, uint256 seat, address by, uint256 amount
    );
    /// @notice A panel was not seated in time (`Missing`), or fewer than `needed` of it revealed (`Silent`).
    event PanelFailed(
        bytes32 indexed caseId, uint256 round, uint256 attempt, PanelState state, uint256 reveals, uint256 needed
    );
    /// @notice A panel ruled: the median of what was revealed.
    event PanelRuled(bytes32 indexed caseId, uint256 round, uint256 performerBps, uint256 reveals);
    /// @notice Somebody put up coin for a side's appeal against the ruling of `round`: `amount` of it was needed, of
    /// which the side has `total` now.
    event AppealFunded(
        bytes32 indexed caseId,
        uint256 round,
        Side side,
        address indexed by,
        uint256 amount,
        uint256 total,
        uint256 needed
    );
    /// @notice The ruling is final; the deposits were credited.
    event CaseDecided(bytes32 indexed caseId, uint256 performerBps, Decision decision);
    /// @notice The case is over.
    event CaseClosed(bytes32 indexed caseId, Closing how);
    /// @notice The jurors of a panel were paid. Seat k is bit k: those in `paid` were credited `feeShare` (wei) and given
    /// `stakeShare` (base units), those in `slashed` lost `slash` (base units), the denounced among them before; all
    /// that was locked else was unlocked. What could not be shared went to the treasury.
    event RoundSettled(
        bytes32 indexed caseId,
        uint256 round,
        uint256 attempt,
        uint256 paid,
        uint256 slashed,
        uint256 feeShare,
        uint256 stakeShare,
        uint256 slash,
        uint256 feeToTreasury,
        uint256 stakeToTreasury
    );
    /// @notice A contributor was credited what it put up for an appeal, or its share of what the winning side gets.
    event AppealClaimed(bytes32 indexed caseId, uint256 round, Side side, address indexed contributor, uint256 amount);
    /// @notice Coin is owed to `account`.
    event Credited(address indexed account, uint256 amount);
    /// @notice A credit was paid out.
    event Withdrawn(address indexed account, address to, uint256 amount);
    /// @notice A side showed evidence: what `uri` leads to has this hash.
    event EvidenceSubmitted(bytes32 indexed caseId, address indexed party, bytes32 contentHash, string uri);
    /// @notice The same in the form of ERC-1497; the group is the case's id.
    event Evidence(address indexed arbitrator, uint256 indexed evidenceGroupID, address indexed party, string evidence);

    /// @notice There is no such case.
    error Court_UnknownCase(bytes32 caseId);
    /// @notice A tranche has one case at most.
    error Court_CaseExists(bytes32 caseId);
    /// @notice The Escrow does not say that the tranche is disputed.
    error Court_NotDisputed(bytes32 tradeId, uint256 tranche, TrancheStatus status);
    /// @notice The trade's pinned rules name another arbitrator.
    error Court_NotArbitrator(address arbitrator);
    /// @notice A whole case would not fit before the ruling is due at the Escrow; it could be opened up to and including
    /// `lastOpening` (unix seconds).
    error Court_NoTimeLeft(bytes32 caseId, uint256 lastOpening);
    /// @notice Only the tranche's performer and checker may do this, of these two only the one whose turn it is.
    error Court_NotSide(address caller);
    /// @notice The coin sent is not what is needed (wei).
    error Court_WrongValue(uint256 sent, uint256 needed);
    /// @notice The case is in a status in which this cannot be done.
    error Court_WrongStatus(bytes32 caseId, CaseStatus status);
    /// @notice This could be done up to and including `deadline` (unix seconds).
    error Court_TooLate(bytes32 caseId, uint256 deadline);
    /// @notice Nothing is due before `at` (unix seconds); zero if nothing will be.
    error Court_NotDue(bytes32 caseId, uint256 at);
    /// @notice The seed of this request is not known.
    error Court_NoSeed(uint256 requestId);
    /// @notice Every seat of the panel is filled.
    error Court_PanelFull(bytes32 caseId);
    /// @notice The seat is not the caller's.
    error Court_NotSeated(uint256 seat, address caller);
    /// @notice The seat is in a state in which this cannot be done.
    error Court_WrongSeat(uint256 seat, SeatState state);
    /// @notice The trade is not one between the juror and a side of the case, opened no later than the case and within
    /// the conflict period before it, nor the disputed one.
    error Court_NoConflict(address juror, bytes32 tradeId);
    /// @notice A commitment is a hash, at least 2^32.
    error Court_BadCommitment(bytes32 commitment);
    /// @notice This choice and salt are not what the seat committed to.
    error Court_WrongOpening(uint256 seat);
    /// @notice A juror cannot denounce itself.
    error Court_OwnVote(address juror);
    /// @notice A share is 0 to 10,000 basis points.
    error Court_BadSplit(uint256 performerBps);
    /// @notice A side is the performer or the checker.
    error Court_BadSide();
    /// @notice The side has raised all that it needs.
    error Court_AppealIsFunded(Side side);
    /// @notice The trade is not the one that the case is about.
    error Court_WrongTrade(bytes32 tradeId);
    /// @notice The panel is at work, or was never asked for, or its case is not decided.
    error Court_PanelNotDone(bytes32 caseId, uint256 round, uint256 attempt);
    /// @notice The panel's jurors were paid before.
    error Court_AlreadySettled(bytes32 caseId, uint256 round, uint256 attempt);
    /// @notice The contributor has nothing to get from this appeal, or got it before.
    error Court_NothingToClaim(address contributor);
    /// @notice Nothing is owed to this account.
    error Court_NoCredit(address account);
    /// @notice Only the owner of a credit may send it to another address.
    error Court_NotOwner(address account);
    /// @notice The receiver refused the payment; the credit stays.
    error Court_PayoutFailed(address to);
    /// @notice An address is missing.
    error Court_ZeroAddress();

    /// @notice Either side of a tranche that the Escrow calls disputed: open its case, with the arbitration fee of the
    /// pinned rules. There must be time for a whole case before the ruling is due.
    function openCase(Trade calldata trade, uint256 tranche) external payable returns (bytes32 caseId);

    /// @notice The other side: deposit the arbitration fee too, in the deposit period.
    function join(bytes32 caseId) external payable;

    /// @notice A side: show evidence, up to and including the end of the evidence period, or while an appeal may be
    /// funded.
    function submitEvidence(bytes32 caseId, bytes32 contentHash, string calldata uri) external;

    /// @notice Anyone, once the seed is known: draw jurors. Asks for the seed first where that failed before.
    /// @param most how many numbers of the seed's sequence to try at most
    /// @return drawn how many seats were filled
    function draw(bytes32 caseId, uint256 most) external returns (uint256 drawn);

    /// @notice Anyone, until the commit period ends: unseat a juror who traded with a side. In the evidence period the
    /// seat is drawn again, later it is void.
    /// @param trade a trade of the juror with a side, opened no later than the case and within the conflict period before
    /// it; or the disputed trade
    function strike(bytes32 caseId, uint256 seat, Trade calldata trade) external;

    /// @notice A juror, once, in the commit period: commit to a choice. Ends the period when it is the last one.
    /// @param commitment see `commitmentOf`
    function commit(bytes32 caseId, uint256 seat, bytes32 commitment) external;

    /// @notice Anyone for the juror, in the reveal period: open a commitment. Ends the period when it is the last one.
    function reveal(bytes32 caseId, uint256 seat, uint256 performerBps, bytes32 salt) external;

    /// @notice Anyone but the juror, in the commit period: open another's commitment, and be given its stake less the
    /// slashed share.
    function denounce(bytes32 caseId, uint256 seat, uint256 performerBps, bytes32 salt) external;

    /// @notice Anyone: move a case on as far as it is due.
    function advance(bytes32 caseId) external;

    /// @notice Anyone: put up coin for a side's appeal. In the first half of the appeal period for either side; then
    /// only for the other side, if one is fully funded. What is not needed becomes a credit of the caller.
    function fundAppeal(bytes32 caseId, Side side) external payable;

    /// @notice Anyone: carry a decision out at the Escrow, within the ruling period there; or close a case whose tranche
    /// was closed without it.
    function execute(bytes32 caseId, Trade calldata trade) external;

    /// @notice Anyone: pay the jurors of a panel that failed, or whose case is decided.
    function settleRound(bytes32 caseId, uint256 round, uint256 attempt) external;

    /// @notice Anyone, when the case is decided: credit a contributor to the appeal against the ruling of `round`. If
    /// the other side was not fully funded, or no panel ruled on the appeal, what it put up. Else, to contributors of the
    /// winning side, a share of all that was raised less the jurors' fees. The side towards which the ruling moved won,
    /// or the one that did not appeal if it did not move.
    function claimAppeal(bytes32 caseId, uint256 round, Side side, address contributor)
        external
        returns (uint256 amount);

    /// @notice Pay out the credit of `account`: its owner to any address, anyone else to the owner itself.
    /// @return amount wei paid
    function withdraw(address account, address to) external returns (uint256 amount);

    /// @notice A case as it stands; all zero if there is none. What is due and was not moved on is not counted.
    function caseOf(bytes32 caseId) external view returns (Case memory);

    /// @notice What happens if nobody votes, deposits or funds from now on: the status that follows, and the first second
    /// (unix; it may be past) in which `advance`, or for `Closed` `execute`, brings it. Zero for a closed case.
    function nextStep(bytes32 caseId) external view returns (CaseStatus next, uint256 at);

    /// @notice The id of the case of a tranche: the hash of the trade's id and the tranche's index.
    function caseIdOf(bytes32 tradeId, uint256 tranche) external pure returns (bytes32);

    /// @notice A panel and its seats as they stand; all zero if it was never asked for.
    function panelOf(bytes32 caseId, uint256 round, uint256 attempt)
        external
        view
        returns (Panel memory, Seat[] memory seats);

    /// @notice What a juror of this panel commits to for this choice: the hash of the chain's id, this contract and the
    /// arguments, each encoded as a word.
    function commitmentOf(
        bytes32 caseId,
        uint256 round,
        uint256 attempt,
        address juror,
        uint256 performerBps,
        bytes32 salt
    ) external view returns (bytes32);

    /// @notice What each side deposits under a version of the rules, in wei.
    function arbitrationFee(uint32 rulesVersion) external view returns (uint256);

    /// @notice What was raised for the appeal against the ruling of a round.
    function appealOf(bytes32 caseId, uint256 round) external view returns (Appeal memory);

    /// @notice What each side needs for an appeal now (wei), up to when either side may be funded, and up to when the
    /// other, if one is (unix seconds, inclusive). Zero if no ruling can be appealed.
    function appealCostOf(bytes32 caseId) external view returns (uint256 perSide, uint256 firstUntil, uint256 until);

    /// @notice What somebody put up for an appeal and has not got back, in wei.
    function contributionOf(bytes32 caseId, uint256 round, Side side, address contributor)
        external
        view
        returns (uint256);

    /// @notice What is owed to `account`, in wei.
    function creditOf(address account) external view returns (uint256);

    /// @notice The escrow whose disputes are settled here.
    function escrow() external view returns (address);

    /// @notice Where jurors stake.
    function pool() external view returns (address);

    /// @notice Where seeds come from.
    function randomness() external view returns (address);

    /// @notice The account that is credited what cannot be shared.
    function treasury() external view returns (address);
}
