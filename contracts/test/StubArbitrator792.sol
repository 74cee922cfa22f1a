// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IArbitrable, IArbitrator} from "contracts/interfaces/IErc792.sol";

/// @title An arbitrator by ERC-792 that rules as it is told, and may misbehave
/// @dev A ruling is first proposed; until it is given, whoever created the dispute can appeal, which undoes it.
contract StubArbitrator792 is IArbitrator {
    enum Mood {
        Work,
        Refuse, // reverts whatever it is asked
        RefuseToCreate,
        Repeat, // gives every dispute the number of the first
        Call // calls somebody while it creates a dispute
    }

    struct Dispute {
        address arbitrable;
        uint256 choices;
        uint256 ruling;
        uint256 appeals;
        bool proposed;
        bytes extraData;
    }

    Mood public mood;
    uint256 public price;
    uint256 public appealPrice;
    address private _target;
    bytes private _data;
    Dispute[] private _disputes;

    event DisputeCreation(uint256 indexed disputeID, address indexed arbitrable);
    event AppealPossible(uint256 indexed disputeID, address indexed arbitrable);
    event AppealDecision(uint256 indexed disputeID, address indexed arbitrable);
    /// @notice What the call that it made brought: a revert's data if it failed.
    event Reacted(bool success, bytes answer);

    error StubArbitrator792_Refused();
    error StubArbitrator792_WrongValue(uint256 sent, uint256 needed);
    error StubArbitrator792_NotAppealable(uint256 disputeID);
    error StubArbitrator792_NotArbitrable(address caller);

    constructor(uint256 price_, uint256 appealPrice_) {
        (price, appealPrice) = (price_, appealPrice_);
        _disputes.push(); // numbers from 1 on
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function setPrices(uint256 price_, uint256 appealPrice_) external {
        (price, appealPrice) = (price_, appealPrice_);
    }

    /// @notice While it creates a dispute from now on, it makes this call.
    function setCall(address target, bytes calldata data) external {
        (mood, _target, _data) = (Mood.Call, target, data);
    }

    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeID) {
        if (mood == Mood.Refuse || mood == Mood.RefuseToCreate) revert StubArbitrator792_Refused();
        if (msg.value != price) revert StubArbitrator792_WrongValue(msg.value, price);
        disputeID = _disputes.length;
        _disputes.push();
        Dispute storage d = _disputes[disputeID];
        (d.arbitrable, d.choices, d.extraData) = (msg.sender, choices, extraData);
        emit DisputeCreation(disputeID, msg.sender);
        if (mood == Mood.Repeat) disputeID = 1;
        if (mood == Mood.Call) {
            (bool success, bytes memory answer) = _target.call(_data);
            emit Reacted(success, answer);
        }
    }

    /// @notice A ruling that can be appealed.
    function propose(uint256 disputeID, uint256 ruling) external {
        Dispute storage d = _disputes[disputeID];
        (d.ruling, d.proposed) = (ruling, true);
        emit AppealPossible(disputeID, d.arbitrable);
    }

    function appeal(uint256 disputeID, bytes calldata) external payable {
        Dispute storage d = _disputes[disputeID];
        if (mood == Mood.Refuse) revert StubArbitrator792_Refused();
        if (msg.sender != d.arbitrable) revert StubArbitrator792_NotArbitrable(msg.sender);
        if (msg.value != appealPrice) revert StubArbitrator792_WrongValue(msg.value, appealPrice);
        if (!d.proposed) revert StubArbitrator792_NotAppealable(disputeID);
        d.proposed = false;
        ++d.appeals;
        emit AppealDecision(disputeID, msg.sender);
    }

    /// @notice Gives the ruling.
    function give(uint256 disputeID, uint256 ruling) external {
        IArbitrable(_disputes[disputeID].arbitrable).rule(disputeID, ruling);
    }

    /// @notice Gives a ruling to a contract that did not ask for it.
    function impose(IArbitrable arbitrable, uint256 disputeID, uint256 ruling) external {
        arbitrable.rule(disputeID, ruling);
    }

    function disputeOf(uint256 disputeID) external view returns (Dispute memory) {
        return _disputes[disputeID];
    }

    function arbitrationCost(bytes calldata) external view returns (uint256) {
        if (mood == Mood.Refuse) revert StubArbitrator792_Refused();
        return price;
    }

    function appealCost(uint256, bytes calldata) external view returns (uint256) {
        return appealPrice;
    }
}
