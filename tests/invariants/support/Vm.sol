// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// The part of Foundry's cheat codes that these tests use.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function assume(bool condition) external pure;
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    function deal(address account, uint256 balance) external;
    function deployCode(string calldata artifact, bytes calldata arguments) external returns (address);
    function getNonce(address account) external view returns (uint64 nonce);
    function prank(address sender) external;
    function revertToState(uint256 id) external returns (bool);
    function roll(uint256 number) external;
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function snapshotState() external returns (uint256 id);
    function warp(uint256 time) external;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// An invariant or an expectation does not hold.
error Broken(string what);
error BrokenAt(string what, uint256 found, uint256 expected);

function check(bool holds, string memory what) pure {
    if (!holds) revert Broken(what);
}

function checkEqual(uint256 found, uint256 expected, string memory what) pure {
    if (found != expected) revert BrokenAt(what, found, expected);
}

/// A number from `min` to `max`, both included; numbers in that range stay themselves.
function between(uint256 seed, uint256 min, uint256 max) pure returns (uint256) {
    if (seed >= min && seed <= max) return seed;
    return min + seed % (max - min + 1);
}

/// A further seed out of one.
function mix(uint256 seed, string memory use) pure returns (uint256) {
    return uint256(keccak256(abi.encode(seed, use)));
}

function mix(uint256 seed, uint256 use) pure returns (uint256) {
    return uint256(keccak256(abi.encode(seed, use)));
}

abstract contract Test {
    // solhint-disable-next-line const-name-snakecase
    bool public constant IS_TEST = true;
}
