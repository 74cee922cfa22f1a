// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {StubHooks} from "contracts/test/StubHooks.sol";
import {StubToken} from "contracts/test/StubToken.sol";

/// @title A token that does what tokens have been seen to do
contract StubOddToken is StubToken {
    /// What a transfer returns.
    enum Answer {
        True,
        Nothing,
        False,
        Two, // a word that is neither true nor false
        Short, // 31 bytes
        Long // a thousand words, the first of them true
    }

    /// What a transfer does.
    enum Act {
        Move,
        Fee, // one percent of it is burnt
        Nothing,
        Revert,
        BurnGas,
        Shrink // halves what the receiver has
    }

    Answer public answer;
    Act public act;
    /// @dev These accounts can neither send nor receive.
    mapping(address account => bool) public denied;
    /// @dev These are told before they send and after they receive, as ERC-777 does.
    mapping(address account => bool) public hooked;

    error StubOddToken_Denied(address account);
    error StubOddToken_Refused();

    constructor() StubToken("Odd Token", "ODD", 18) {}

    function setAnswer(Answer answer_) external {
        answer = answer_;
    }

    function setAct(Act act_) external {
        act = act_;
    }

    function setDenied(address account, bool denied_) external {
        denied[account] = denied_;
    }

    function setHooked(address account, bool hooked_) external {
        hooked[account] = hooked_;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        _odd(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (act != Act.Revert) _spendAllowance(from, msg.sender, amount);
        _odd(from, to, amount);
    }

    function _odd(address from, address to, uint256 amount) private {
        if (denied[from]) revert StubOddToken_Denied(from);
        if (denied[to]) revert StubOddToken_Denied(to);
        if (hooked[from]) StubHooks(from).tokensToSend();
        if (act == Act.Revert) revert StubOddToken_Refused();
        while (act == Act.BurnGas) {}
        if (act != Act.Nothing) _transfer(from, to, amount);
        if (act == Act.Fee) _burn(to, amount / 100);
        if (act == Act.Shrink) _burn(to, balanceOf(to) / 2);
        if (hooked[to]) StubHooks(to).tokensReceived();
        _answer();
    }

    /// @dev Ends the call.
    function _answer() private view {
        (Answer a, uint256 size, uint256 first) = (answer, 32, 1);
        if (a == Answer.Nothing) size = 0;
        if (a == Answer.False) first = 0;
        if (a == Answer.Two) first = 2;
        if (a == Answer.Short) size = 31;
        if (a == Answer.Long) size = 32_000;
        assembly {
            mstore(0, first)
            return(0, size)
        }
    }
}
