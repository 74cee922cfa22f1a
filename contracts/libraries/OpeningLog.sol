// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {Conditions, Pin, Tranche} from "contracts/types/Trade.sol";

/// @title The log of an opening: `emit TradeOpened(tradeId, msg.sender, offer, pin)`
/// @dev By hand, because the compiler's own encoding of an offer costs a thousand gas more. Whoever calls has read every
/// address among the parties, so that none has dirty bits.
library OpeningLog {
    function opened(
        bytes32 tradeId,
        address asset,
        address[] calldata parties,
        Tranche[] calldata tranches,
        bytes32 contentHash,
        Conditions conditions,
        Pin pin
    ) internal {
        bytes32 topic = IEscrow.TradeOpened.selector;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, 0x40) // where the offer begins
            mstore(add(free, 0x20), pin)

            let offer := add(free, 0x40)
            let size := shl(5, parties.length)
            mstore(offer, asset)
            mstore(add(offer, 0x20), 0xa0) // where the parties begin
            mstore(add(offer, 0x40), add(0xc0, size)) // where the tranches begin
            mstore(add(offer, 0x60), contentHash)
            mstore(add(offer, 0x80), conditions)

            let next := add(offer, 0xa0)
            mstore(next, parties.length)
            calldatacopy(add(next, 0x20), parties.offset, size)

            next := add(next, add(0x20, size))
            size := shl(5, tranches.length)
            mstore(next, tranches.length)
            calldatacopy(add(next, 0x20), tranches.offset, size)

            next := add(next, add(0x20, size))
            log3(free, sub(next, free), topic, tradeId, caller())
        }
    }
}
