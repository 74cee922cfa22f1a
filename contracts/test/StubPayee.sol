// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {StubHooks} from "contracts/test/StubHooks.sol";
import {StubWallet1271} from "contracts/test/StubWallet1271.sol";

/// @title A wallet that may misbehave when it is paid
contract StubPayee is StubWallet1271, StubHooks {
    enum Mood {
        Take,
        Refuse,
        BurnGas,
        LongRefusal, // reverts with a thousand words
        Spend, // uses up a given amount of gas
        Call // calls somebody
    }

    Mood public mood;
    uint64 private _spending;
    address private _target;
    address private _script; // a contract whose code is the call: cheap to read

    /// @notice What the call that it made brought: a revert's data if it failed.
    event Reacted(bool success, bytes answer);

    error StubPayee_Refused();

    constructor(address owner_) StubWallet1271(owner_) {}

    receive() external payable override {
        _react();
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    /// @notice Whenever it is paid from now on, it uses at least this much gas.
    function setSpending(uint64 gas_) external {
        (mood, _spending) = (Mood.Spend, gas_);
    }

    /// @notice Whenever it is paid from now on, it makes this call.
    function setCall(address target, bytes calldata data) external {
        (mood, _target) = (Mood.Call, target);
        // Returns all that follows these 11 bytes.
        bytes memory creation = abi.encodePacked(hex"600b380380600b5f395ff3", data);
        address script;
        assembly ("memory-safe") {
            script := create(0, add(creation, 0x20), mload(creation))
        }
        _script = script;
    }

    function tokensToSend() external {
        _react();
    }

    function tokensReceived() external {
        _react();
    }

    function _react() private {
        uint256 start = gasleft();
        if (mood == Mood.Refuse) revert StubPayee_Refused();
        while (mood == Mood.Spend && start - gasleft() < _spending) {}
        while (mood == Mood.BurnGas) {}
        if (mood == Mood.LongRefusal) {
            assembly ("memory-safe") {
                revert(0, 32000)
            }
        }
        if (mood == Mood.Call) {
            (bool success, bytes memory answer) = _target.call(_script.code);
            emit Reacted(success, answer);
        }
    }
}
