// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";
import {CallerStatus, PoolSetup, Tier} from "contracts/types/JurorPool.sol";
import {between, check, checkEqual, mix, vm} from "tests/invariants/support/Vm.sol";

/// @title Jurors of a pool, and the court that seats them, which is this contract
/// @dev What follows from an action is written down here a second time, as plainly as can be. Time is kept here.
contract PoolHandler {
    struct Plain {
        uint256 stake;
        uint256 locked;
        uint256 leaving;
        uint256 credit;
        uint256 multiplier;
        bool optedOut;
        uint256 weight;
    }

    uint256 private constant UNIT = 1e15;
    uint256 private constant CAP = 20;
    uint256 private constant DAY = 1 days;
    uint256 private constant DELAY = 3 days;
    uint256 private constant JURORS = 5;

    IJurorPool public immutable pool;
    mapping(string name => uint256) public calls;

    mapping(address juror => uint256) public pointsOf; // this is the pool's reputation as well
    mapping(address juror => Plain) private _plain;
    address[] private _jurors;
    uint256 private _slashed;
    uint256 private _donated;
    uint256 private _time = 1_800_000_000;
    // As it was at the end of each epoch: who stood at each position, with what weight.
    mapping(uint256 epoch => address[JURORS]) private _holders;
    mapping(uint256 epoch => uint256[JURORS]) private _weights;

    modifier action(string memory name) {
        vm.warp(_time);
        _;
        ++calls[name];
    }

    constructor() {
        vm.warp(_time);
        Tier[] memory tiers = new Tier[](3);
        (tiers[0], tiers[1], tiers[2]) = (Tier(10, 1), Tier(20, 2), Tier(30, 4));
        address[] memory callers = new address[](1);
        callers[0] = address(this);
        PoolSetup memory setup = PoolSetup(
            address(0),
            uint96(UNIT),
            uint16(CAP),
            address(this),
            uint32(DAY),
            uint32(DELAY),
            address(this),
            tiers,
            callers
        );
        pool = IJurorPool(vm.deployCode("contracts/court/JurorPool.sol:JurorPool", abi.encode(setup)));
        for (uint256 i; i < JURORS; ++i) {
            _jurors.push(address(uint160(0xa11ce000 + i)));
            pointsOf[_jurors[i]] = 10;
        }
    }

    function stake(uint256 seed) external action("stake") {
        address juror = _one(seed);
        Plain storage p = _plain[juror];
        uint256 amount = p.leaving + between(mix(seed, "amount"), UNIT, 9 * UNIT);
        vm.deal(juror, amount);
        vm.prank(juror);
        pool.stake{value: amount}(amount);
        p.stake += amount;
        _reweigh(juror);
    }

    function requestLeave(uint256 seed) external action("requestLeave") {
        address juror = _one(seed);
        Plain storage p = _plain[juror];
        p.leaving = between(mix(seed, "amount"), 0, p.stake);
        vm.prank(juror);
        pool.requestLeave(p.leaving);
        _reweigh(juror);
    }

    function withdraw(uint256 seed) external action("withdraw") {
        address juror = _one(seed);
        Plain storage p = _plain[juror];
        uint256 free = p.stake - p.locked;
        uint256 amount = p.leaving < free ? p.leaving : free;
        (,,, uint40 availableAt) = pool.stakeOf(juror);
        if (mix(seed, "wait") % 2 == 0 && _time < availableAt) _pass(availableAt - _time);
        uint256 before = juror.balance;
        vm.prank(juror);
        try pool.withdraw() returns (uint256 paid) {
            check(amount != 0 && _time >= availableAt, "withdrawn too early");
            checkEqual(paid, amount, "another amount withdrawn");
            checkEqual(juror.balance - before, amount, "another amount paid");
            p.stake -= amount;
            p.leaving -= amount;
        } catch {
            check(amount == 0 || _time < availableAt, "not withdrawn");
        }
    }

    function setDrawable(uint256 seed) external action("setDrawable") {
        address juror = _one(seed);
        _plain[juror].optedOut = mix(seed, "drawable") % 3 == 0;
        vm.prank(juror);
        pool.setDrawable(!_plain[juror].optedOut);
        _reweigh(juror);
    }

    function refresh(uint256 seed) external action("refresh") {
        address juror = _one(seed);
        pointsOf[juror] = mix(seed, "points") % 5 * 10;
        pool.refresh(juror);
        _reweigh(juror);
    }

    function lock(uint256 seed) external action("lock") {
        address juror = _one(seed);
        Plain storage p = _plain[juror];
        // All that is free, and a unit more.
        uint256 amount = mix(seed, "amount") % (p.stake - p.locked + UNIT);
        bool fits = p.locked + amount <= p.stake;
        check(pool.lock(juror, amount) == fits, "locked what is not there");
        if (fits) p.locked += amount;
    }

    function unlock(uint256 seed) external action("unlock") {
        address juror = _one(seed);
        uint256 amount = between(mix(seed, "amount"), 0, _plain[juror].locked);
        pool.unlock(juror, amount);
        _plain[juror].locked -= amount;
    }

    function slash(uint256 seed) external action("slash") {
        address juror = _one(seed);
        Plain storage p = _plain[juror];
        uint256 amount = between(mix(seed, "amount"), 0, p.locked);
        pool.slash(juror, amount);
        p.locked -= amount;
        p.stake -= amount;
        if (p.leaving > p.stake) p.leaving = p.stake;
        _slashed += amount;
        uint256 weight = _weightOf(p);
        if (weight < p.weight) p.weight = weight;
    }

    function award(uint256 seed) external action("award") {
        address to = _one(seed);
        Plain storage p = _plain[to];
        uint256 amount = between(mix(seed, "amount"), 0, _slashed);
        pool.award(to, amount);
        _slashed -= amount;
        if (p.stake == 0) p.credit += amount;
        else p.stake += amount;
    }

    function withdrawCredit(uint256 seed) external action("withdrawCredit") {
        address juror = _one(seed);
        if (_plain[juror].credit == 0) return;
        uint256 before = juror.balance;
        pool.withdrawCredit(juror, juror);
        checkEqual(juror.balance - before, _plain[juror].credit, "another credit paid");
        _plain[juror].credit = 0;
    }

    function donate(uint256 seed) external action("donate") {
        uint256 gift = between(seed, 0, UNIT);
        vm.deal(address(pool), address(pool).balance + gift);
        _donated += gift;
    }

    function refuse(uint256 seed) external action("refuse") {
        address juror = _one(seed);
        Plain storage p = _plain[juror];
        _fails(abi.encodeCall(pool.unlock, (juror, p.locked + 1)));
        _fails(abi.encodeCall(pool.slash, (juror, p.locked + 1)));
        _fails(abi.encodeCall(pool.award, (juror, _slashed + 1)));
        _fails(abi.encodeCall(pool.draw, (pool.currentEpoch(), seed)));
        vm.prank(juror);
        _fails(abi.encodeCall(pool.requestLeave, (p.stake + 1)));
        vm.prank(juror);
        _fails(abi.encodeCall(pool.lock, (juror, 0)));
        vm.prank(juror);
        _fails(abi.encodeCall(pool.setCaller, (juror, CallerStatus.Listed)));
    }

    /// @notice Time passes, often over the ends of epochs; what they ended with is written down.
    function pass(uint256 seed) external action("pass") {
        _pass(between(seed, 1, 2 * DAY));
    }

    function _pass(uint256 duration) private {
        uint256 epoch = pool.currentEpoch();
        _time += duration;
        vm.warp(_time);
        for (; epoch < pool.currentEpoch(); ++epoch) {
            for (uint256 i; i < JURORS; ++i) {
                if (_plain[_jurors[i]].weight == 0) continue;
                uint256 position = pool.positionOf(_jurors[i]);
                (_holders[epoch][position], _weights[epoch][position]) = (_jurors[i], _plain[_jurors[i]].weight);
            }
        }
    }

    /// @notice Any past epoch draws as it did when it ended.
    function draw(uint256 seed) external action("draw") {
        uint256 epoch = between(seed, 0, pool.currentEpoch() - 1);
        uint256 number = mix(seed, "number");
        uint256 total;
        for (uint256 i; i < JURORS; ++i) {
            total += _weights[epoch][i];
        }
        checkEqual(pool.totalWeightAt(epoch), total, "another total");
        (address juror, uint256 position) = pool.draw(epoch, number);
        if (total == 0) {
            check(juror == address(0), "somebody of no weight drawn");
            return;
        }
        uint256 left = number % total;
        uint256 at;
        for (; left >= _weights[epoch][at]; ++at) {
            left -= _weights[epoch][at];
        }
        checkEqual(position, at, "another position drawn");
        check(juror == _holders[epoch][at] && juror == pool.jurorAt(at, epoch), "another juror drawn");
    }

    function checkLedgers() external view {
        uint256 owed = _slashed + _donated;
        for (uint256 i; i < JURORS; ++i) {
            address juror = _jurors[i];
            Plain storage p = _plain[juror];
            (uint256 staked, uint256 locked, uint256 leaving,) = pool.stakeOf(juror);
            checkEqual(staked, p.stake, "another stake");
            checkEqual(locked, p.locked, "another sum locked");
            checkEqual(leaving, p.leaving, "another sum leaving");
            check(locked <= staked && leaving <= staked, "more than the stake");
            checkEqual(pool.creditOf(juror), p.credit, "another credit");
            checkEqual(pool.weightOf(juror), p.weight, "another weight");
            owed += p.stake + p.credit;
        }
        checkEqual(pool.slashedBy(address(this)), _slashed, "another sum slashed");
        checkEqual(address(pool).balance, owed, "holds more or less than it owes");
    }

    /// @notice Everybody can leave with everything.
    function end() external {
        vm.warp(_time);
        for (uint256 i; i < JURORS; ++i) {
            address juror = _jurors[i];
            Plain storage p = _plain[juror];
            pool.unlock(juror, p.locked);
            vm.prank(juror);
            pool.requestLeave(p.stake);
        }
        _time += DELAY;
        vm.warp(_time);
        pool.award(address(0xbeef), _slashed);
        if (_slashed != 0) pool.withdrawCredit(address(0xbeef), address(0xbeef));
        for (uint256 i; i < JURORS; ++i) {
            address juror = _jurors[i];
            if (_plain[juror].stake != 0) {
                vm.prank(juror);
                pool.withdraw();
            }
            if (_plain[juror].credit != 0) pool.withdrawCredit(juror, juror);
        }
        checkEqual(address(pool).balance, _donated, "somebody could not leave with everything");
    }

    function _one(uint256 seed) private view returns (address) {
        return _jurors[mix(seed, "juror") % JURORS];
    }

    function _reweigh(address juror) private {
        Plain storage p = _plain[juror];
        uint256 points = pointsOf[juror];
        p.multiplier = points >= 30 ? 4 : points / 10;
        p.weight = _weightOf(p);
    }

    function _weightOf(Plain storage p) private view returns (uint256) {
        uint256 units = (p.stake - p.leaving) / UNIT;
        return p.optedOut ? 0 : (units < CAP ? units : CAP) * p.multiplier;
    }

    function _fails(bytes memory data) private {
        (bool ok,) = address(pool).call(data);
        check(!ok, "what must be refused went through");
    }
}
