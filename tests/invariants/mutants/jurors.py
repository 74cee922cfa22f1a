"""Bugs of the pool of jurors, its tree of weights, and the seeds."""

from tests.invariants.mutants.bug import Bug

POOL, TREE = "contracts/court/JurorPool.sol", "contracts/libraries/WeightTree.sol"
SEED = "contracts/court/BondedSeed.sol"
IN_POOL, IN_TREE = "PoolInvariants", "WeightTreeFuzz"
IN_SEED = "tests/contracts/seed/"

JURORS = (
    Bug(
        "locked stake can be withdrawn",
        POOL,
        "Math.min(juror.leaving, juror.stake - juror.locked)",
        "Math.min(juror.leaving, juror.stake)",
        IN_POOL,
    ),
    Bug(
        "more is slashed than is locked",
        POOL,
        "if (amount > locked) revert JurorPool_NotLocked(account, locked, amount);\n"
        "        (juror.stake, juror.locked) = (uint96(staked - amount), uint96(locked - amount));",
        "(juror.stake, juror.locked) ="
        " (uint96(staked - amount), uint96(amount > locked ? 0 : locked - amount));",
        IN_POOL,
    ),
    Bug(
        "one stake is locked twice",
        POOL,
        "if (amount > staked - locked) return false;",
        "if (amount > staked) return false;",
        IN_POOL,
    ),
    Bug(
        "a slash leaves the weight",
        POOL,
        "_reweigh(account, juror, false);",
        "",
        IN_POOL,
    ),
    Bug(
        "more is awarded than was slashed",
        POOL,
        "slashedBy[msg.sender] = left - amount;",
        "",
        IN_POOL,
    ),
    Bug(
        "anyone locks stakes",
        POOL,
        "if (statusOf[msg.sender] != CallerStatus.Listed) revert JurorPool_NotListed(msg.sender);",
        "",
        IN_POOL,
    ),
    Bug(
        "who leaves weighs as before",
        POOL,
        "(juror.leaving, juror.availableAt) = (uint96(amount), availableAt);\n"
        "        emit LeaveRequested(msg.sender, amount, availableAt);\n"
        "        _reweigh(msg.sender, juror, true);",
        "(juror.leaving, juror.availableAt) = (uint96(amount), availableAt);\n"
        "        emit LeaveRequested(msg.sender, amount, availableAt);",
        IN_POOL,
    ),
    Bug(
        "the present epoch can be drawn from",
        POOL,
        "if (epoch >= currentEpoch())",
        "if (epoch > currentEpoch())",
        IN_POOL,
    ),
    Bug(
        "a position is freed under a seated juror",
        POOL,
        "if (seat == 0 || juror.locked != 0 || _tree",
        "if (seat == 0 || _tree",
        "tests/contracts/jurorpool/test_leave.py",
    ),
    Bug(
        "the past is forgotten",
        TREE,
        "if (old != 0 && old >> EPOCH_SHIFT < epoch) tree.older[_key(epoch, number)] = old;",
        "",
        IN_TREE,
    ),
    Bug(
        "an epoch's first change hides the one before",
        TREE,
        "while (word >> EPOCH_SHIFT > epoch) {",
        "if (word >> EPOCH_SHIFT > epoch) {",
        IN_TREE,
    ),
    Bug(
        "a draw falls on the next juror",
        TREE,
        "while (left >= weight) {",
        "while (left > weight) {",
        IN_TREE,
    ),
    Bug(
        "a seed-giver's commitment names nobody",
        SEED,
        "address(this), number, giver, secret)",
        "address(this), number, address(0), secret)",
        IN_SEED + "test_commit.py",
    ),
    Bug(
        "the target is the block of the last commitment",
        SEED,
        "round.target = uint40(block.number + 1);",
        "round.target = uint40(block.number);",
        IN_SEED + "test_commit.py",
    ),
    Bug(
        "who keeps a secret keeps its bond",
        SEED,
        "if (_mayUsePool()) IJurorPool(pool).slash(giver, bond);",
        "if (_mayUsePool()) IJurorPool(pool).unlock(giver, bond);",
        "tests/contracts/court/test_bonded_seed.py",
    ),
    Bug(
        "a secret shown leaves the seed as it is",
        SEED,
        "_mixed[number] ^= keccak256(abi.encode(msg.sender, secret));",
        "",
        IN_SEED + "test_reveal.py",
    ),
)
