// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A token as it should be
contract Token {
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transfer(address to, uint256 amount) external virtual returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external virtual returns (bool) {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
        return true;
    }

    function _move(address from, address to, uint256 amount) internal virtual {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @title A token that returns nothing when it pays, and refuses to pay denied accounts in one of three ways
contract DenyingToken is Token {
    enum Refusal {
        Reverts,
        ReturnsFalse,
        BurnsGas
    }

    mapping(address => bool) public isDenied;
    Refusal public refusal;

    error DenyingToken_Denied(address account);

    function deny(address account, bool denied, Refusal refusal_) external {
        isDenied[account] = denied;
        refusal = refusal_;
    }

    function transfer(address to, uint256 amount) external override returns (bool) {
        if (isDenied[to]) {
            if (refusal == Refusal.Reverts) revert DenyingToken_Denied(to);
            if (refusal == Refusal.BurnsGas) while (true) {}
            return false;
        }
        _move(msg.sender, to, amount);
        assembly ("memory-safe") {
            return(0, 0)
        }
    }

    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}

/// @title A token that keeps a hundredth of every transfer
contract TakingToken is Token {
    function _move(address from, address to, uint256 amount) internal override {
        balanceOf[from] -= amount;
        balanceOf[to] += amount - amount / 100;
    }
}
