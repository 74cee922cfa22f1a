// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What a token calls on those it moves from and to
interface StubHooks {
    function tokensToSend() external;
    function tokensReceived() external;
}
