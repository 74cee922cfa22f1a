// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IBondedSeed} from "contracts/interfaces/IBondedSeed.sol";
import {IJurorPool} from "contracts/interfaces/IJurorPool.sol";
import {IRandomness} from "contracts/interfaces/IRandomness.sol";
import {SeatBits} from "contracts/libraries/SeatBits.sol";
import {Phase, RoundState, SeedSetup} from "contracts/types/BondedSeed.sol";
import {CallerStatus} from "contracts/types/JurorPool.sol";

/// @title BondedSeed: see IBondedSeed
// Bits are cut out of words; epochs and block numbers have room.
// forge-lint: disable-next-item(unsafe-typecast)
contract BondedSeed is IBondedSeed {
    using SeatBits for uint8;

    /// A round in one slot. `positions` are the seed-givers' in the pool, 16 bits each, seat 0 lowest.
    struct Round {
        Phase phase;
        uint40 deadline;
        uint40 target;
        uint32 openedIn;
        uint32 drawnFrom;
        uint8 seats;
        uint8 committed;
        uint8 revealed;
        uint80 positions;
    }

    uint256 private constant MAX_GIVERS = 5;
    uint256 private constant MAX_DEPTH = 200;
    /// @dev Draws for each seed-giver looked for: some fall on who was drawn already, or has no stake to bond.
    uint256 private constant DRAWS_PER_GIVER = 4;

    /// @inheritdoc IBondedSeed
    address public immutable pool;
    /// @inheritdoc IBondedSeed
    address public immutable treasury;
    /// @inheritdoc IBondedSeed
    uint256 public immutable giversPerRound;
    /// @inheritdoc IBondedSeed
    uint256 public immutable bond;
    /// @inheritdoc IBondedSeed
    uint256 public immutable commitPeriod;
    /// @inheritdoc IBondedSeed
    uint256 public immutable revealPeriod;
    /// @inheritdoc IBondedSeed
    uint256 public immutable depth;

    /// @inheritdoc IBondedSeed
    uint256 public currentRound;
    /// @inheritdoc IRandomness
    mapping(uint256 round => uint256) public seedOf;

    uint256 private _lastFinished;
    mapping(uint256 round => Round) private _rounds;
    mapping(uint256 round => mapping(uint256 seat => bytes32)) private _commitments;
    /// @dev The target's hash, once it is mixed in, xor the hashes of all secrets shown.
    mapping(uint256 round => bytes32) private _mixed;

    constructor(SeedSetup memory setup) {
        if (setup.pool == address(0) || setup.treasury == address(0)) revert BondedSeed_ZeroAddress();
        if (
            setup.givers == 0 || setup.givers > MAX_GIVERS || setup.bond == 0 || setup.commitPeriod == 0
                || setup.revealPeriod == 0 || setup.depth == 0 || setup.depth > MAX_DEPTH
        ) revert BondedSeed_BadSetup();
        IJurorPool jurors = IJurorPool(setup.pool);
        uint256 longest = jurors.epochLength() + setup.commitPeriod + setup.revealPeriod;
        if (jurors.leaveDelay() <= longest) revert BondedSeed_LeaveTooSoon(jurors.leaveDelay(), longest);

        (pool, treasury, giversPerRound, bond) = (setup.pool, setup.treasury, setup.givers, setup.bond);
        (commitPeriod, revealPeriod, depth) = (setup.commitPeriod, setup.revealPeriod, setup.depth);
    }

    /// @inheritdoc IRandomness
    function request() external returns (uint256 requestId) {
        if (IJurorPool(pool).statusOf(msg.sender) == CallerStatus.None) revert BondedSeed_NotListed(msg.sender);
        requestId = currentRound;
        Round storage round = _rounds[requestId];
        if (round.phase != Phase.Commit || block.timestamp > round.deadline) requestId = _open();
        emit SeedRequested(requestId, msg.sender);
    }

    /// @inheritdoc IBondedSeed
    function commit(uint256 number, uint256 seat, bytes32 commitment) external {
        Round memory round = _inPhase(number, Phase.Commit);
        if (block.timestamp > round.deadline) revert BondedSeed_TooLate(number, round.deadline);
        if (seat >= round.seats || _giver(round, seat) != msg.sender) {
            revert BondedSeed_NotGiver(number, seat, msg.sender);
        }
        if (commitment == 0 || round.committed.has(seat)) revert BondedSeed_BadCommitment(number, seat);
        _commitments[number][seat] = commitment;
        round.committed = round.committed.with(seat);
        emit SecretCommitted(number, msg.sender, seat, commitment);
        if (round.committed.count() == round.seats) _startReveal(number, round);
        _rounds[number] = round;
    }

    /// @inheritdoc IBondedSeed
    function close(uint256 number) external {
        Round memory round = _inPhase(number, Phase.Commit);
        if (block.timestamp <= round.deadline) revert BondedSeed_NotDue(number, round.deadline);
        _startReveal(number, round);
        _rounds[number] = round;
        for (uint256 seat; seat < round.seats; ++seat) {
            if (!round.committed.has(seat)) _forfeit(number, round, seat);
        }
    }

    /// @inheritdoc IBondedSeed
    function mix(uint256 number) external {
        Round memory round = _inPhase(number, Phase.Reveal);
        if (_mixed[number] == 0 && !_mix(number, round)) _rounds[number] = round;
    }

    /// @inheritdoc IBondedSeed
    function reveal(uint256 number, uint256 seat, bytes32 secret) external {
        Round memory round = _inPhase(number, Phase.Reveal);
        if (block.timestamp > round.deadline) revert BondedSeed_TooLate(number, round.deadline);
        // The commitment names the giver: nobody else can show the secret.
        if (_commitments[number][seat] != commitmentOf(number, msg.sender, secret)) {
            revert BondedSeed_BadSecret(number, seat);
        }
        if (_mixed[number] == 0 && !_mix(number, round)) revert BondedSeed_TargetLost(number, _rounds[number].target);
        delete _commitments[number][seat];
        _mixed[number] ^= keccak256(abi.encode(msg.sender, secret));
        round.revealed = round.revealed.with(seat);
        emit SecretRevealed(number, msg.sender, seat, secret);
        bool last = round.revealed == round.committed;
        if (last) _setSeed(number, round);
        _rounds[number] = round;
        if (_mayUsePool()) IJurorPool(pool).unlock(msg.sender, bond);
        if (last) _settle(number, round);
    }

    /// @inheritdoc IBondedSeed
    function finish(uint256 number) external {
        Round memory round = _inPhase(number, Phase.Reveal);
        if (round.committed != 0 && block.timestamp <= round.deadline) {
            revert BondedSeed_NotDue(number, round.deadline);
        }
        bool mixed = _mixed[number] != 0 || _mix(number, round);
        if (mixed) _setSeed(number, round);
        _rounds[number] = round;
        if (mixed) _settle(number, round);
    }

    /// @inheritdoc IBondedSeed
    function commitmentOf(uint256 number, address giver, bytes32 secret) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), number, giver, secret));
    }

    /// @inheritdoc IBondedSeed
    function roundOf(uint256 number) external view returns (RoundState memory state) {
        Round memory round = _rounds[number];
        address[] memory givers = new address[](round.seats);
        for (uint256 seat; seat < round.seats; ++seat) {
            givers[seat] = _giver(round, seat);
        }
        return RoundState(
            round.phase,
            round.deadline,
            round.target,
            round.openedIn,
            round.drawnFrom,
            round.committed,
            round.revealed,
            givers
        );
    }

    /// @dev The pool's `lock` calls nobody.
    // slither-disable-next-line reentrancy-no-eth
    function _open() private returns (uint256 number) {
        number = ++currentRound;
        Round memory round;
        round.phase = Phase.Commit;
        round.openedIn = uint32(IJurorPool(pool).currentEpoch());
        round.deadline = uint40(block.timestamp + commitPeriod);

        uint256 last = _lastFinished;
        uint256 base = seedOf[last];
        address[] memory givers;
        if (last != 0) givers = _seat(number, round, base, _rounds[last].openedIn - 1);
        if (givers.length == 0) {
            base = uint256(blockhash(block.number - 1));
            givers = _seat(number, round, base, round.openedIn - 1);
        }
        emit RoundOpened(number, base, round.drawnFrom, givers, round.deadline);
        if (givers.length == 0) _startReveal(number, round);
        _rounds[number] = round;
    }

    /// Draws seed-givers by keccak256(abi.encode(base, round, n)) for n = 0, 1, 2, ... and locks their bonds.
    function _seat(uint256 number, Round memory round, uint256 base, uint256 epoch)
        private
        returns (address[] memory givers)
    {
        IJurorPool jurors = IJurorPool(pool);
        givers = new address[](giversPerRound);
        uint256 found;
        if (jurors.statusOf(address(this)) == CallerStatus.Listed) {
            for (uint256 n; n < giversPerRound * DRAWS_PER_GIVER && found < giversPerRound; ++n) {
                (address juror, uint256 position) = jurors.draw(epoch, uint256(keccak256(abi.encode(base, number, n))));
                if (juror == address(0)) break;
                if (_isAmong(givers, found, juror) || !jurors.lock(juror, bond)) continue;
                round.positions |= uint80(position << (16 * found));
                givers[found++] = juror;
            }
        }
        assembly ("memory-safe") {
            mstore(givers, found)
        }
        (round.seats, round.drawnFrom) = (uint8(found), uint32(epoch));
    }

    function _startReveal(uint256 number, Round memory round) private {
        round.phase = Phase.Reveal;
        round.deadline = uint40(block.timestamp + revealPeriod);
        _setTarget(number, round);
    }

    function _setTarget(uint256 number, Round memory round) private {
        round.target = uint40(block.number + 1);
        emit TargetSet(number, round.target, round.target + depth, round.deadline);
    }

    /// Mixes the target's hash in; false if it was lost, and there is another target now.
    function _mix(uint256 number, Round memory round) private returns (bool) {
        uint256 target = round.target;
        if (block.number < target + depth) revert BondedSeed_TooEarly(number, target + depth);
        bytes32 blockHash = blockhash(target);
        if (blockHash == 0) {
            _setTarget(number, round);
            return false;
        }
        _mixed[number] = blockHash;
        emit TargetMixed(number, target, blockHash);
        return true;
    }

    function _setSeed(uint256 number, Round memory round) private {
        round.phase = Phase.Done;
        if (number > _lastFinished) _lastFinished = number;
        uint256 seed = uint256(keccak256(abi.encode(block.chainid, address(this), number, _mixed[number])));
        seedOf[number] = seed;
        emit SeedSet(number, seed);
    }

    /// Who did not commit pays those who revealed, in equal parts; all else goes to the treasury, so that nobody gains by
    /// keeping a secret back, whoever the other seed-givers are.
    function _settle(uint256 number, Round memory round) private {
        uint256 shared = bond * (round.seats - round.committed.count());
        uint256 kept;
        for (uint256 seat; seat < round.seats; ++seat) {
            if (round.committed.has(seat) && !round.revealed.has(seat)) {
                _forfeit(number, round, seat);
                kept += bond;
            }
        }
        if (shared + kept == 0 || !_mayUsePool()) return;
        // Less only if the pool did not know this contract in between.
        if (IJurorPool(pool).slashedBy(address(this)) < shared + kept) return;
        uint256 sharers = round.revealed.count();
        uint256 share = sharers == 0 ? 0 : shared / sharers;
        for (uint256 seat; share != 0 && seat < round.seats; ++seat) {
            if (round.revealed.has(seat)) IJurorPool(pool).award(_giver(round, seat), share);
        }
        // slither-disable-next-line weak-prng
        uint256 rest = kept + (sharers == 0 ? shared : shared % sharers);
        if (rest != 0) IJurorPool(pool).award(treasury, rest);
    }

    function _forfeit(uint256 number, Round memory round, uint256 seat) private {
        address giver = _giver(round, seat);
        emit BondForfeited(number, giver, seat, round.committed.has(seat));
        if (_mayUsePool()) IJurorPool(pool).slash(giver, bond);
    }

    /// @dev A round comes to its end even if the pool no longer knows this contract; then nothing is done about bonds.
    function _mayUsePool() private view returns (bool) {
        return IJurorPool(pool).statusOf(address(this)) != CallerStatus.None;
    }

    function _giver(Round memory round, uint256 seat) private view returns (address) {
        return IJurorPool(pool).jurorAt(uint16(round.positions >> (16 * seat)), round.drawnFrom);
    }

    function _inPhase(uint256 number, Phase phase) private view returns (Round memory round) {
        round = _rounds[number];
        if (round.phase != phase) revert BondedSeed_WrongPhase(number, round.phase);
    }

    function _isAmong(address[] memory givers, uint256 found, address juror) private pure returns (bool) {
        for (uint256 i; i < found; ++i) {
            if (givers[i] == juror) return true;
        }
        return false;
    }
}
