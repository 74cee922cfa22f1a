// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    Conditions,
    DefaultOutcome,
    Offer,
    Permit,
    Pin,
    Trade,
    TrancheState,
    TrancheStatus
} from "contracts/types/Trade.sol";

/// @title Escrow: every kind of trade, as a list of tranches
/// @notice Holds the money of every open trade. Performed and not disputed: the performer is paid. Not performed: the
/// checker is paid. Disputed: the arbitrator of the pinned rules splits. Both sides of a tranche may agree on any split
/// at any time. The fee is the pinned `feeBps` of what a performer who is not the funder is paid, rounded down. A payment
/// that cannot be pushed becomes a credit. Nobody above the parties can touch an open trade.
/// @dev One word is stored per trade of up to four tranches: a fingerprint of 128 bits over the trade id and its
/// opening, and a cell of 32 bits per tranche. The trade id commits to the offer and the fill, so that an unused id
/// proves an unused fill. All else travels in calldata and is checked against the two hashes.
interface IEscrow {
    /// @notice A trade was opened; with `offer`, `taker` and `pin` every later call can be built. The taker
    /// fills the open place, or is one of the named parties.
    event TradeOpened(bytes32 indexed tradeId, address indexed taker, Offer offer, Pin pin);
    /// @notice The performer says to have performed; the checker's review runs from this block's time.
    event TranchePerformed(bytes32 indexed tradeId, uint256 tranche);
    /// @notice The checker disputes; the ruling is due a `rulingPeriod` after this block's time.
    event TrancheDisputed(bytes32 indexed tradeId, uint256 tranche);
    /// @notice The checker accepted; the performer is paid the amount less `fee`. Here and below the fee is in base units
    /// and credited to the treasury.
    event TrancheAccepted(bytes32 indexed tradeId, uint256 tranche, uint256 fee);
    /// @notice The performer gave up; the checker is paid the amount.
    event TrancheRefunded(bytes32 indexed tradeId, uint256 tranche);
    /// @notice The review ran out in silence; the performer is paid the amount less `fee`.
    event TrancheLapsed(bytes32 indexed tradeId, uint256 tranche, uint256 fee);
    /// @notice The performer did not perform in time; the checker is paid the amount.
    event TrancheMissed(bytes32 indexed tradeId, uint256 tranche);
    /// @notice Both sides agreed on a split. Here and below the performer is paid amount * performerBps / 10,000, rounded
    /// down, less `fee`, and the checker the rest.
    event TrancheSplit(bytes32 indexed tradeId, uint256 tranche, uint256 performerBps, uint256 fee);
    /// @notice The arbitrator ruled.
    event TrancheRuled(bytes32 indexed tradeId, uint256 tranche, uint256 performerBps, uint256 fee);
    /// @notice Nobody ruled in time, or the arbitrator gave up; the pinned default split holds.
    event TrancheDefaulted(bytes32 indexed tradeId, uint256 tranche, uint256 performerBps, uint256 fee);
    /// @notice A payment could not be pushed and is now owed to `account`.
    event Credited(address indexed account, address indexed asset, uint256 amount);
    /// @notice A credit was paid out.
    event Withdrawn(address indexed account, address indexed asset, address to, uint256 amount);
    /// @notice A sponsor has paid in `amount` (base units), which is as much as `fills` of `offer` take of it. The offer is
    /// told in full, because it is needed to get back what is left.
    event BudgetLocked(bytes32 indexed offerHash, address indexed sponsor, Offer offer, uint32 fills, uint256 amount);
    /// @notice What was left of a budget (base units) went back to the sponsor.
    event BudgetUnlocked(bytes32 indexed offerHash, address indexed sponsor, address asset, uint256 amount);
    /// @notice No further fill of this offer can be opened.
    event OfferCancelled(bytes32 indexed offerHash, address indexed by);
    /// @notice No offer that `party` has to sign and that was created up to and including `createdUntil` can be taken.
    event OffersCancelled(address indexed party, uint40 createdUntil);

    /// @notice A trade has 2 to 4 parties.
    error Escrow_PartyCount(uint256 count);
    /// @notice A trade has 1 to 20 tranches.
    error Escrow_TrancheCount(uint256 count);
    /// @notice A party is named twice, or takes its own offer.
    error Escrow_BadParties();
    /// @notice A role of this tranche names no party, its performer is its checker, or unused bits are set.
    error Escrow_BadRole(uint256 tranche);
    /// @notice This tranche has no amount.
    error Escrow_ZeroAmount(uint256 tranche);
    /// @notice This tranche's `dueIn` is zero, or one of its periods is longer than 730 days.
    error Escrow_BadPeriod(uint256 tranche);
    /// @notice The trade would start (unix seconds) more than 730 days from now, or has started without anybody.
    error Escrow_BadStart(uint40 startsAt);
    /// @notice The place of the sponsor, counted from 1, is nobody's or open.
    error Escrow_BadSponsor(uint256 place);
    /// @notice Only the sponsor of the offer may do this.
    error Escrow_NotSponsor(address caller);
    /// @notice Nothing would be locked, or more than all fills of the offer take of the sponsor (base units).
    error Escrow_BadBudget(uint256 budget, uint256 most);
    /// @notice The offer's budget (base units) does not hold what a fill takes of the sponsor.
    error Escrow_NoBudget(bytes32 offerHash, uint256 budget, uint256 needed);
    /// @notice The offer has expired, was to start before now, or was cancelled.
    error Escrow_OfferIsOver(bytes32 offerHash);
    /// @notice The budget is locked until the offer expires, starts, or is cancelled.
    error Escrow_OfferStillHolds(bytes32 offerHash);
    /// @notice Who takes this offer must have these labels too, a bit each.
    error Escrow_MissingLabels(address taker, uint256 missing);
    /// @notice Who takes this offer must have more reputation (base units of points).
    error Escrow_TooFewPoints(address taker, uint256 points, uint256 needed);
    /// @notice The caller is none of the offer's parties, and no place is open.
    error Escrow_NotAParty(address account);
    /// @notice Fills are numbered from 0 to `fills` - 1.
    error Escrow_BadFill(uint32 fill, uint32 fills);
    /// @notice The offer could be taken up to and including `expiresAt` (unix seconds).
    error Escrow_OfferExpired(uint40 expiresAt);
    /// @notice The offer can be taken from `createdAt` (unix seconds) on.
    error Escrow_OfferNotYetValid(uint40 createdAt);
    /// @notice `by` ended all its offers up to this one; zero if the offer itself was ended.
    error Escrow_OfferIsCancelled(bytes32 offerHash, address by);
    /// @notice The fee in force is higher than the makers accept (basis points).
    error Escrow_FeeTooHigh(uint16 feeBps, uint16 maxFeeBps);
    /// @notice This fill of the offer was opened before, as this trade.
    error Escrow_FillTaken(bytes32 tradeId);
    /// @notice Every party but the caller signs, in the order of the parties.
    error Escrow_SignatureCount(uint256 given, uint256 needed);
    /// @notice This party did not sign that, or its wallet contract denies it.
    error Escrow_BadSignature(address signer);
    /// @notice Coin comes with the call, so only the caller can fund in it.
    error Escrow_FunderNotCaller(address funder);
    /// @notice The coin sent is not what the caller's tranches need (base units; none for a token).
    error Escrow_WrongValue(uint256 sent, uint256 needed);
    /// @notice The token took a fee of its own, or lied: less came in than was asked for (base units).
    error Escrow_ReceivedLess(address asset, uint256 received, uint256 needed);
    /// @notice No trade was opened with these terms, parties and pin.
    error Escrow_UnknownTrade(bytes32 tradeId);
    /// @notice The trade has no tranche of this index.
    error Escrow_UnknownTranche(uint256 tranche);
    /// @notice Only the tranche's performer may do this.
    error Escrow_NotPerformer(address caller);
    /// @notice Only the tranche's checker may do this.
    error Escrow_NotChecker(address caller);
    /// @notice Only the arbitrator of the pinned rules may do this.
    error Escrow_NotArbitrator(address caller);
    /// @notice The tranche is in a status in which this cannot be done.
    error Escrow_WrongStatus(bytes32 tradeId, uint256 tranche, TrancheStatus status);
    /// @notice This could be done up to and including `dueAt` (unix seconds).
    error Escrow_TooLate(bytes32 tradeId, uint256 tranche, uint256 dueAt);
    /// @notice The deadline `dueAt` (unix seconds) has not passed.
    error Escrow_NotDue(bytes32 tradeId, uint256 tranche, uint256 dueAt);
    /// @notice Nothing in the batch was due and open.
    error Escrow_NothingDue();
    /// @notice The batch needs one tranche per trade.
    error Escrow_LengthMismatch(uint256 trades, uint256 tranches);
    /// @notice A share is 0 to 10,000 basis points.
    error Escrow_BadSplit(uint256 performerBps);
    /// @notice The signatures held up to and including `deadline` (unix seconds).
    error Escrow_SignatureExpired(uint40 deadline);
    /// @notice Nothing is owed to this account in this asset.
    error Escrow_NoCredit(address account, address asset);
    /// @notice Only the owner of a credit may send it to another address.
    error Escrow_NotOwner(address account);
    /// @notice The receiver or the token refused the payment; the credit stays.
    error Escrow_PayoutFailed(address to, address asset);
    /// @notice Too little gas was sent to try the payment fairly; send about 500,000 more than is used.
    error Escrow_GasTooLow();
    /// @notice An address is missing.
    error Escrow_ZeroAddress();

    /// @notice Open a trade from a signed offer. The caller fills the open party, or is one of the named ones.
    /// @param fill which fill of the offer, from 0 to fills - 1; each can be used once
    /// @param signatures EIP-712 signatures of `Offer` by every other party, in the order of the parties (ERC-1271 too)
    /// @return tradeId the trade's id
    function openTrade(Offer calldata offer, uint32 fill, bytes[] calldata signatures)
        external
        payable
        returns (bytes32 tradeId);

    /// @notice The same, after trying the given permits; a permit that fails does no harm where an allowance exists.
    function openTradeWithPermits(
        Offer calldata offer,
        uint32 fill,
        bytes[] calldata signatures,
        Permit[] calldata permits
    ) external payable returns (bytes32 tradeId);

    /// @notice The sponsor of an offer pays in what a number of its fills take of it, in coin or in a token that takes no
    /// fee of its own. Fills are opened as long as the budget lasts; it can be added to, up to what all fills take.
    /// @param fills for how many of them
    function lockBudget(Offer calldata offer, uint32 fills) external payable;

    /// @notice Anyone: give what is left of a budget back to the sponsor, once no fill can be opened any more because the
    /// offer has expired, was to start before now, was cancelled, or all offers of the sponsor were. Fills that were taken
    /// keep what they took.
    /// @return amount base units paid, or credited
    function unlockBudget(Offer calldata offer) external returns (uint256 amount);

    /// @notice A named party ends an offer; open trades go on.
    function cancelOffer(Offer calldata offer) external;

    /// @notice End every offer of the caller created up to now.
    function cancelAllOffers() external;

    /// @notice The performer has performed; up to and including the due time.
    function perform(Trade calldata trade, uint256 tranche) external;

    /// @notice The checker accepts, at any time before the tranche is final: the performer is paid.
    function accept(Trade calldata trade, uint256 tranche) external;

    /// @notice The performer gives up, at any time before the tranche is final: the checker is paid.
    function refund(Trade calldata trade, uint256 tranche) external;

    /// @notice The checker disputes a performance, within the review period.
    function dispute(Trade calldata trade, uint256 tranche) external;

    /// @notice The arbitrator of the pinned rules splits a disputed tranche, within the ruling period.
    /// @param performerBps the performer's share in basis points, before the fee
    function rule(Trade calldata trade, uint256 tranche, uint256 performerBps) external;

    /// @notice The arbitrator of the pinned rules gives a disputed tranche up, within the ruling period: the pinned default
    /// split holds at once.
    function decline(Trade calldata trade, uint256 tranche) external;

    /// @notice Anyone: split a tranche that is not final as its performer and checker both signed (EIP-712 `Split`). The
    /// signature of one who calls may be empty.
    /// @param deadline the last second (unix) in which the signatures hold
    function split(
        Trade calldata trade,
        uint256 tranche,
        uint256 performerBps,
        uint40 deadline,
        bytes calldata performerSignature,
        bytes calldata checkerSignature
    ) external;

    /// @notice Anyone: close a tranche whose deadline has passed in silence.
    function expire(Trade calldata trade, uint256 tranche) external;

    /// @notice Anyone: close several; those not due, or closed already, are passed over. Reverts if none was due.
    function expireBatch(Trade[] calldata trades, uint256[] calldata tranches) external;

    /// @notice Pay out the credit of `account` in `asset`: its owner to any address, anyone else to the owner itself.
    /// @return amount base units paid
    function withdraw(address account, address asset, address to) external returns (uint256 amount);

    /// @notice Where a tranche stands; `None` if there is no such trade.
    function statusOf(Trade calldata trade, uint256 tranche) external view returns (TrancheStatus);

    /// @notice Every tranche as it stands. Reverts for an unknown trade.
    function tranchesOf(Trade calldata trade) external view returns (bytes32 tradeId, TrancheState[] memory);

    /// @notice Per tranche, who gets what, and when, if nobody acts. Reverts for an unknown trade.
    function nextDefault(Trade calldata trade) external view returns (DefaultOutcome[] memory);

    /// @notice The EIP-712 struct hash of an offer.
    function hashOffer(Offer calldata offer) external pure returns (bytes32);

    /// @notice The EIP-712 struct hash of an offer's `Listing`, as later calls need it.
    function hashListing(bytes32 contentHash, Conditions conditions) external pure returns (bytes32);

    /// @notice The id of the trade that a fill of an offer opens.
    function tradeIdOf(bytes32 offerHash, uint32 fill) external pure returns (bytes32);

    /// @notice The stored word of a trade; zero if it was never opened.
    function wordOf(bytes32 tradeId) external view returns (uint256);

    /// @notice Whether a named party ended this offer by itself.
    function isCancelled(bytes32 offerHash) external view returns (bool);

    /// @notice Offers of `party` created up to and including this time (unix seconds) are ended.
    function cancelledUntil(address party) external view returns (uint40);

    /// @notice What is owed to `account` in `asset`, in base units.
    function creditOf(address account, address asset) external view returns (uint256);

    /// @notice What is left of an offer's budget, in base units of its asset.
    function budgetOf(bytes32 offerHash) external view returns (uint256);

    /// @notice Who tells what reputation a taker has.
    function reputation() external view returns (address);

    /// @notice Who tells which labels a taker has; zero if nobody has any.
    function labels() external view returns (address);

    /// @notice The account that fees are credited to.
    function treasury() external view returns (address);

    /// @notice The rule book that prices new trades.
    function ruleBook() external view returns (address);
}
