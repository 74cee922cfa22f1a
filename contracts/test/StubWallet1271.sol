// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A wallet with one owner, which may misbehave when asked about a signature
contract StubWallet1271 is IERC1271 {
    enum Mode {
        Honest,
        Lie, // every signature is valid
        Revert,
        BurnGas,
        Garbage // answers with two bytes
    }

    address public immutable owner;
    Mode public mode;

    error StubWallet1271_NotOwner(address caller);
    error StubWallet1271_Refused();

    constructor(address owner_) {
        owner = owner_;
    }

    receive() external payable virtual {}

    function setMode(Mode mode_) external {
        mode = mode_;
    }

    function execute(address target, uint256 value, bytes calldata data) external payable returns (bytes memory) {
        if (msg.sender != owner) revert StubWallet1271_NotOwner(msg.sender);
        (bool success, bytes memory answer) = target.call{value: value}(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        return answer;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view override returns (bytes4) {
        if (mode == Mode.Lie) return IERC1271.isValidSignature.selector;
        if (mode == Mode.Revert) revert StubWallet1271_Refused();
        if (mode == Mode.BurnGas) {
            while (true) {}
        }
        if (mode == Mode.Garbage) {
            assembly ("memory-safe") {
                mstore(0, not(0))
                return(0, 2)
            }
        }
        (address signer, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(hash, signature);
        bool valid = problem == ECDSA.RecoverError.NoError && signer == owner;
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
