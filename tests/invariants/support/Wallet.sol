// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A wallet whose owner signs for it (ERC-1271), and which takes coin as its mood is
contract Wallet is IERC1271 {
    enum Mood {
        Takes,
        Refuses,
        BurnsGas,
        ReEnters
    }

    address public immutable owner;
    Mood public mood;
    bool public entered;

    bytes private _call;

    error Wallet_Refused();

    constructor(address owner_) {
        owner = owner_;
    }

    receive() external payable {
        if (mood == Mood.Refuses) revert Wallet_Refused();
        if (mood == Mood.BurnsGas) while (true) {}
        if (mood == Mood.ReEnters) {
            (bool ok,) = msg.sender.call(_call);
            entered = entered || ok;
        }
    }

    /// @param call_ what is called on whoever pays, when re-entering
    function setMood(Mood mood_, bytes calldata call_) external {
        mood = mood_;
        _call = call_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recoverCalldata(hash, signature) == owner ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
