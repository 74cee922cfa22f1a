// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRandomness} from "contracts/interfaces/IRandomness.sol";
import {Phase, RoundState} from "contracts/types/BondedSeed.sol";

/// @title Seeds from rounds of bonded commitments and a block's hash
/// @notice A request joins the round that collects, or opens one; the request's id is the round's number. Opening draws
/// seed-givers from the pool, each with a bond. They commit to secrets; when all have, or time is up, the next block but
/// none before it becomes the *target*; once that block is deep enough they reveal. The seed hashes the target's hash and
/// all secrets shown. Who does not commit or does not reveal loses the bond; the seed comes without that secret, and
/// from the target's hash alone if nobody shows any: a round is never blocked.
///
/// The target comes after the last commitment and before the first secret is shown. So who makes the target block does
/// not know the secrets, and who knows a secret could not know the hash: while one seed-giver is honest, nobody can
/// compute the seed in time to choose it. What is left is one choice: the last to reveal may keep silent, for a bond.
/// The hash covers the target block's prevrandao. `block.prevrandao` is not read: whoever sent the finishing
/// transaction, or made its block, could choose the block by it.
///
/// Seed-givers of a round are drawn by the seed of the round that was finished last, from weights older than that
/// seed's request: neither by the time of the request nor by a block's hash can they be chosen. Only where there is none
/// (the first round), or nobody can be found so, are they drawn by the hash of the block before, which the maker of
/// that block could choose. `docs/court-randomness.md` says what each party could do, and what it would cost.
interface IBondedSeed is IRandomness {
    /// @notice A round begins: these seed-givers, by seat, were drawn by `base` from the weights at the end of an epoch.
    event RoundOpened(uint256 indexed round, uint256 base, uint256 epoch, address[] givers, uint40 commitUntil);
    /// @notice A seed-giver committed.
    event SecretCommitted(uint256 indexed round, address indexed giver, uint256 seat, bytes32 commitment);
    /// @notice Commitments are closed; the hash of this block will be mixed in, and secrets may be shown from
    /// `revealFrom` (block) until `revealUntil` (unix seconds).
    event TargetSet(uint256 indexed round, uint256 target, uint256 revealFrom, uint40 revealUntil);
    /// @notice The target's hash is mixed in.
    event TargetMixed(uint256 indexed round, uint256 target, bytes32 blockHash);
    /// @notice A seed-giver showed its secret; the bond is free again.
    event SecretRevealed(uint256 indexed round, address indexed giver, uint256 seat, bytes32 secret);
    /// @notice A seed-giver did not commit, or did not reveal (then `committed`), and lost its bond.
    event BondForfeited(uint256 indexed round, address indexed giver, uint256 seat, bool committed);

    /// @notice Deployment: an address is missing.
    error BondedSeed_ZeroAddress();
    /// @notice Deployment: a number is zero or too large.
    error BondedSeed_BadSetup();
    /// @notice Deployment: stake could leave the pool within an epoch and a round.
    error BondedSeed_LeaveTooSoon(uint256 leaveDelay, uint256 needed);
    /// @notice The pool does not know the caller.
    error BondedSeed_NotListed(address caller);
    /// @notice The round is in a phase in which this cannot be done.
    error BondedSeed_WrongPhase(uint256 round, Phase phase);
    /// @notice This could be done up to and including `deadline` (unix seconds).
    error BondedSeed_TooLate(uint256 round, uint40 deadline);
    /// @notice Not before `deadline` (unix seconds) has passed.
    error BondedSeed_NotDue(uint256 round, uint40 deadline);
    /// @notice Not before this block.
    error BondedSeed_TooEarly(uint256 round, uint256 fromBlock);
    /// @notice The caller has not this seat in the round.
    error BondedSeed_NotGiver(uint256 round, uint256 seat, address caller);
    /// @notice This seat's commitment is made, or is empty.
    error BondedSeed_BadCommitment(uint256 round, uint256 seat);
    /// @notice The caller did not commit to this secret at this seat, or has shown it before.
    error BondedSeed_BadSecret(uint256 round, uint256 seat);
    /// @notice The target's hash is no longer to be had: set another by `mix`, and show no secret before.
    error BondedSeed_TargetLost(uint256 round, uint256 target);

    /// @notice A seed-giver commits to a secret (`commitmentOf`), once, in the commit phase.
    function commit(uint256 round, uint256 seat, bytes32 commitment) external;

    /// @notice Anyone, when time to commit is up and not all have: who has not loses the bond; the target is set.
    function close(uint256 round) external;

    /// @notice Anyone, once the target is deep enough: mix its hash in, so that it cannot be lost; or set another target
    /// if its hash is no longer to be had (256 blocks).
    function mix(uint256 round) external;

    /// @notice A seed-giver shows its secret, in the reveal phase, once the target is deep enough. The last one to do so
    /// finishes the round.
    function reveal(uint256 round, uint256 seat, bytes32 secret) external;

    /// @notice Anyone, when time to reveal is up: the seed is set from what was shown; or, if nothing was and the target
    /// is lost, another target.
    function finish(uint256 round) external;

    /// @notice keccak256(abi.encode(chainid, this contract, round, giver, secret)).
    function commitmentOf(uint256 round, address giver, bytes32 secret) external view returns (bytes32);

    /// @notice A round as it stands.
    function roundOf(uint256 round) external view returns (RoundState memory);

    /// @notice The number of the round that was opened last; zero: none.
    function currentRound() external view returns (uint256);

    /// @notice Where seed-givers are drawn and bonds are held.
    function pool() external view returns (address);

    /// @notice Who gets the bonds of those who do not reveal.
    function treasury() external view returns (address);

    /// @notice Seed-givers of a round.
    function giversPerRound() external view returns (uint256);

    /// @notice Base units of the pool's asset.
    function bond() external view returns (uint256);

    /// @notice Seconds.
    function commitPeriod() external view returns (uint256);

    /// @notice Seconds.
    function revealPeriod() external view returns (uint256);

    /// @notice Blocks from the target until secrets may be shown.
    function depth() external view returns (uint256);
}
