// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ConditionsWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {DisputeRules, FeeRules, JuryRules} from "contracts/types/Rules.sol";
import {
    Conditions,
    DefaultOutcome,
    Offer,
    Trade,
    Tranche,
    TrancheState,
    TrancheStatus
} from "contracts/types/Trade.sol";
import {Stage} from "tests/invariants/handler/Stage.sol";
import {check, checkEqual} from "tests/invariants/support/Vm.sol";

/// @title What the handler knows by its own book-keeping, and how the contracts are held against it
abstract contract Ghosts is Stage {
    using ConditionsWord for Conditions;
    using TrancheWord for Tranche;

    struct Version {
        uint256 effectiveAt;
        FeeRules fees;
        DisputeRules disputes;
        JuryRules jury;
    }

    /// A trade as it should be; one entry per tranche in the lists.
    struct Opened {
        bytes32 id;
        uint256 start;
        uint256 feeBps;
        uint256 version;
        uint256 rate;
        uint256 open;
        bool claimed;
        TrancheStatus[] statuses;
        uint256[] since;
        uint256[] shares;
    }

    struct Ref {
        uint256 trade;
        uint256 tranche;
    }

    /// What accounts have, and should have after the next call: balance and credit in an asset. That nobody else has
    /// more or less follows from `checkSolvency`, which adds up everything after every action.
    struct Wealth {
        address asset;
        address[] accounts;
        uint256[] owned;
    }

    Trade[] internal trades;
    Opened[] internal books;
    Ref[] internal refs; // tranches that are not final
    Version[] internal versions; // the first is version 1
    mapping(address asset => uint256) public held; // by open tranches
    mapping(address asset => uint256) public budgeted; // by budgets, all together
    mapping(bytes32 offerHash => uint256) internal budgets;
    mapping(address asset => uint256) public donated;
    mapping(string action => uint256) public calls;

    constructor() {
        versions.push(Version(time, _firstFees(), _firstDisputes(), _firstJury()));
    }

    modifier counted(string memory action) {
        _now();
        ++calls[action];
        _checkVotes();
        _;
    }

    /// Votes add up to the supply at every end of a week that has passed since the last action.
    function _checkVotes() internal virtual;

    function openTranches() external view returns (uint256) {
        return refs.length;
    }

    /// What a fill takes out of the budget.
    function _drawn(Offer memory offer) internal pure returns (uint256 sum) {
        uint256 sponsor = offer.conditions.sponsor();
        for (uint256 i; i < offer.tranches.length; ++i) {
            if (offer.tranches[i].funder() + 1 == sponsor) sum += offer.tranches[i].amount();
        }
    }

    function _versionInForce() internal view returns (uint256 version) {
        version = versions.length;
        while (versions[version - 1].effectiveAt > time) {
            --version;
        }
    }

    function _parties(Ref memory ref) internal view returns (address performer, address checker) {
        Tranche t = trades[ref.trade].tranches[ref.tranche];
        performer = trades[ref.trade].parties[t.performer()];
        checker = trades[ref.trade].parties[t.checker()];
    }

    /// The three sums of a tranche that gives the performer this share: as the interface says it.
    function _payouts(Ref memory ref, uint256 bps)
        internal
        view
        returns (uint256 toPerformer, uint256 toChecker, uint256 fee)
    {
        Tranche t = trades[ref.trade].tranches[ref.tranche];
        uint256 gross = t.amount() * bps / 10_000;
        fee = t.performer() == t.funder() ? 0 : gross * books[ref.trade].feeBps / 10_000;
        return (gross - fee, t.amount() - gross, fee);
    }

    function _look(address asset, address[] memory accounts) internal view returns (Wealth memory wealth) {
        wealth = Wealth(asset, accounts, new uint256[](accounts.length));
        for (uint256 i; i < accounts.length; ++i) {
            wealth.owned[i] = _owned(accounts[i], asset);
        }
    }

    function _owned(address account, address asset) private view returns (uint256) {
        return _balance(account, asset) + escrow.creditOf(account, asset);
    }

    /// The two sides of a tranche and the treasury.
    function _look(Ref memory ref) internal view returns (Wealth memory) {
        address[] memory accounts = new address[](3);
        (accounts[0], accounts[1]) = _parties(ref);
        accounts[2] = timelock;
        return _look(trades[ref.trade].asset, accounts);
    }

    function _owe(Wealth memory wealth, address account, uint256 amount) internal pure {
        for (uint256 i; i < wealth.accounts.length; ++i) {
            if (wealth.accounts[i] == account) {
                wealth.owned[i] += amount;
                return;
            }
        }
        check(false, "an account that nobody watches");
    }

    /// What this tranche pays with this share, added to what the two sides and the treasury should have.
    function _oweTranche(Wealth memory wealth, Ref memory ref, uint256 bps) internal view {
        (address performer, address checker) = _parties(ref);
        (uint256 toPerformer, uint256 toChecker, uint256 fee) = _payouts(ref, bps);
        _owe(wealth, performer, toPerformer);
        _owe(wealth, checker, toChecker);
        _owe(wealth, timelock, fee);
    }

    function _checkWealth(Wealth memory expected) internal view {
        for (uint256 i; i < expected.accounts.length; ++i) {
            uint256 found = _owned(expected.accounts[i], expected.asset);
            checkEqual(found, expected.owned[i], "somebody has more or less than is due");
        }
    }

    function _setStatus(Ref memory ref, TrancheStatus status, uint256 share) internal {
        Opened storage book = books[ref.trade];
        book.statuses[ref.tranche] = status;
        uint256 elapsed = time > book.start ? time - book.start : 0;
        if (status >= TrancheStatus.Split) elapsed = elapsed / 16_384 * 16_384;
        book.since[ref.tranche] = book.start + elapsed;
        book.shares[ref.tranche] = share;
        if (status < TrancheStatus.Accepted) return;
        --book.open;
        held[trades[ref.trade].asset] -= trades[ref.trade].tranches[ref.tranche].amount();
        for (uint256 i; i < refs.length; ++i) {
            if (refs[i].trade == ref.trade && refs[i].tranche == ref.tranche) {
                refs[i] = refs[refs.length - 1];
                refs.pop();
                return;
            }
        }
        check(false, "closed twice");
    }

    /// The Escrow tells of a trade what the books say, tranche by tranche.
    function _checkTrade(uint256 index) internal view {
        Trade memory trade = trades[index];
        Opened storage book = books[index];
        (bytes32 id, TrancheState[] memory states) = escrow.tranchesOf(trade);
        check(id == book.id, "another id");
        for (uint256 i; i < states.length; ++i) {
            checkEqual(uint256(states[i].status), uint256(book.statuses[i]), "another status");
            checkEqual(states[i].since, book.since[i], "another time");
            if (states[i].status < TrancheStatus.Accepted) {
                checkEqual(states[i].toPerformer + states[i].toChecker + states[i].fee, 0, "paid before its end");
                continue;
            }
            (uint256 toPerformer, uint256 toChecker, uint256 fee) = _payouts(Ref(index, i), book.shares[i]);
            checkEqual(states[i].performerBps, book.shares[i], "another share");
            checkEqual(states[i].toPerformer, toPerformer, "performer told another sum");
            checkEqual(states[i].toChecker, toChecker, "checker told another sum");
            checkEqual(states[i].fee, fee, "another fee told");
        }
    }

    /// Closed, begun, and not claimed.
    function _isClaimable(uint256 index) internal view returns (bool) {
        Opened storage book = books[index];
        for (uint256 i; i < book.since.length; ++i) {
            if (book.since[i] > time) return false;
        }
        return book.open == 0 && !book.claimed;
    }

    /// What follows from silence, by the books.
    function _silence(Ref memory ref) internal view returns (TrancheStatus outcome, uint256 dueAt, uint256 bps) {
        Opened storage book = books[ref.trade];
        Tranche t = trades[ref.trade].tranches[ref.tranche];
        TrancheStatus status = book.statuses[ref.tranche];
        if (status == TrancheStatus.Open) return (TrancheStatus.Missed, book.start + t.dueIn(), 0);
        uint256 since = book.since[ref.tranche];
        if (status == TrancheStatus.Performed) return (TrancheStatus.Lapsed, since + t.reviewPeriod(), 10_000);
        DisputeRules storage rules = versions[book.version - 1].disputes;
        return (TrancheStatus.Defaulted, since + rules.rulingPeriod, rules.defaultPerformerBps);
    }

    function _checkSilence(uint256 index) internal view {
        DefaultOutcome[] memory told = escrow.nextDefault(trades[index]);
        for (uint256 i; i < told.length; ++i) {
            if (books[index].statuses[i] >= TrancheStatus.Accepted) {
                check(told[i].outcome == TrancheStatus.None && told[i].dueAt == 0, "a default after the end");
                continue;
            }
            Ref memory ref = Ref(index, i);
            (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _silence(ref);
            (uint256 toPerformer, uint256 toChecker, uint256 fee) = _payouts(ref, bps);
            checkEqual(uint256(told[i].outcome), uint256(outcome), "another default");
            checkEqual(told[i].dueAt, dueAt, "another deadline");
            checkEqual(told[i].toPerformer, toPerformer, "default: performer told another sum");
            checkEqual(told[i].toChecker, toChecker, "default: checker told another sum");
            checkEqual(told[i].fee, fee, "default: another fee told");
        }
    }
}
