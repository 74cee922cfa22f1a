// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// How much reputation can be earned, fixed at deployment. `perCounterparty` and `perAccount` limit what an account
/// earns from tranches closed within one epoch of four weeks, with one counterparty and in all: base units of points of
/// the epoch's first week. `shareBps` is the largest share of all units, in basis points, that an account may reach by
/// earning; 10,000 for no such limit.
struct Caps {
    uint96 perCounterparty;
    uint96 perAccount;
    uint16 shareBps;
}
