// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Votes that anyone can mint, in units whose number per point doubles every 13 weeks
contract StubVotes is Votes {
    uint256 public immutable start = block.timestamp;

    mapping(address => uint256) private _units;

    constructor() EIP712("StubVotes", "1") {}

    function mint(address account, uint256 points) external {
        uint256 units = points * indexAt(block.timestamp);
        _units[account] += units;
        _transferVotingUnits(address(0), account, units);
        if (delegates(account) == address(0)) _delegate(account, account);
    }

    function indexAt(uint256 time) public view returns (uint256) {
        return 2 ** 32 << (time - start) / 13 weeks;
    }

    function clock() public view virtual override returns (uint48) {
        return uint48(block.timestamp);
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return _units[account];
    }
}
