// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAttestations} from "contracts/interfaces/IAttestations.sol";
import {ILabels} from "contracts/interfaces/ILabels.sol";
import {LabelWords} from "contracts/libraries/LabelWords.sol";
import {Signatures} from "contracts/libraries/Signatures.sol";
import {
    Attestation,
    AttestationRecord,
    AttestationRequest,
    CLAIMS,
    Claim,
    LabelWord
} from "contracts/types/Attestation.sol";

/// @title Attestations: see IAttestations
contract Attestations is IAttestations, EIP712, NoncesKeyed {
    using LabelWords for LabelWord;

    uint256 private constant MOST_ATTESTORS = 16; // of a claim
    uint256 private constant SHORTEST_VALIDITY = 1 days;
    uint256 private constant LONGEST_VALIDITY = 1_095 days;
    uint256 private constant BEST_BAND = 5;

    // The end of a label's 32 bits: the year 2106.
    uint256 private constant LAST_SECOND = type(uint32).max;

    bytes32 private constant ATTEST_TYPEHASH = keccak256(
        "Attest(address attester,bytes32 schema,address recipient,uint64 expirationTime,bool revocable,bytes32 refUID,bytes data,uint256 value,uint256 nonce,uint64 deadline)"
    );
    bytes32 private constant REVOKE_TYPEHASH =
        keccak256("Revoke(address revoker,bytes32 schema,bytes32 uid,uint256 value,uint256 nonce,uint64 deadline)");

    /// @inheritdoc IAttestations
    address public immutable timelock;
    /// @inheritdoc IAttestations
    uint256 public immutable maxValidity;

    /// @inheritdoc IAttestations
    mapping(address account => mapping(Claim claim => bool)) public isAttestor;
    /// @inheritdoc IAttestations
    mapping(Claim claim => uint256) public attestors;
    /// @inheritdoc IAttestations
    mapping(address account => mapping(Claim claim => bytes32 uid)) public attestationOf;

    mapping(address account => LabelWord) private _labels;
    mapping(bytes32 uid => AttestationRecord) private _records;

    constructor(address timelock_, uint256 maxValidity_) EIP712("Commonhold Attestations", "1") {
        if (timelock_ == address(0)) revert Attestations_ZeroAddress();
        if (maxValidity_ < SHORTEST_VALIDITY || maxValidity_ > LONGEST_VALIDITY) {
            revert Attestations_BadValidity(maxValidity_);
        }
        (timelock, maxValidity) = (timelock_, maxValidity_);
    }

    /// @inheritdoc IAttestations
    function setAttestor(address attestor, Claim claim, bool allowed) external {
        if (msg.sender != timelock) revert Attestations_NotTimelock(msg.sender);
        if (attestor == address(0)) revert Attestations_ZeroAddress();
        if (claim == Claim.None) revert Attestations_UnknownClaim();
        if (isAttestor[attestor][claim] == allowed) revert Attestations_NothingChanged(attestor, claim);
        uint256 count = attestors[claim];
        if (allowed && count == MOST_ATTESTORS) revert Attestations_TooManyAttestors(claim, MOST_ATTESTORS);

        isAttestor[attestor][claim] = allowed;
        attestors[claim] = allowed ? count + 1 : count - 1;
        emit AttestorSet(attestor, claim, allowed);
    }

    /// @inheritdoc IAttestations
    function attest(AttestationRequest calldata request) external returns (bytes32 uid) {
        return _attest(request, msg.sender);
    }

    /// @inheritdoc IAttestations
    function attestBySignature(
        AttestationRequest calldata request,
        address attester,
        uint256 nonce,
        uint64 deadline,
        bytes calldata signature
    ) external returns (bytes32 uid) {
        bytes32 structHash = keccak256(
            abi.encode(
                ATTEST_TYPEHASH,
                attester,
                request.schema,
                request.recipient,
                request.expirationTime,
                true,
                bytes32(0),
                keccak256(request.data),
                uint256(0),
                nonce,
                deadline
            )
        );
        _checkSignature(attester, structHash, nonce, deadline, signature);
        return _attest(request, attester);
    }

    /// @inheritdoc IAttestations
    function revoke(bytes32 uid) external {
        _revokeBy(uid, msg.sender);
    }

    /// @inheritdoc IAttestations
    function revokeBySignature(bytes32 uid, address revoker, uint256 nonce, uint64 deadline, bytes calldata signature)
        external
    {
        bytes32 schema = schemaOf(_records[uid].claim);
        bytes32 structHash = keccak256(abi.encode(REVOKE_TYPEHASH, revoker, schema, uid, uint256(0), nonce, deadline));
        _checkSignature(revoker, structHash, nonce, deadline, signature);
        _revokeBy(uid, revoker);
    }

    /// @inheritdoc IAttestations
    function strike(bytes32[] calldata uids) external {
        for (uint256 i; i < uids.length; ++i) {
            AttestationRecord storage record = _standing(uids[i]);
            if (isAttestor[record.attester][record.claim]) revert Attestations_AttestorStands(uids[i]);
            _revoke(uids[i], record);
        }
    }

    /// @inheritdoc ILabels
    function labelsOf(address account) external view returns (uint256 mask) {
        return _labels[account].maskAt(block.timestamp);
    }

    /// @inheritdoc IAttestations
    function labelUntil(address account, uint256 label) external view returns (uint256) {
        return _labels[account].untilOf(label);
    }

    /// @inheritdoc IAttestations
    function getAttestation(bytes32 uid) external view returns (Attestation memory attestation) {
        AttestationRecord memory record = _records[uid];
        if (record.claim == Claim.None) return attestation;
        return Attestation({
            uid: uid,
            schema: schemaOf(record.claim),
            time: record.time,
            expirationTime: record.expirationTime,
            revocationTime: record.revocationTime,
            refUID: 0,
            recipient: record.recipient,
            attester: record.attester,
            revocable: true,
            data: abi.encode(record.value)
        });
    }

    /// @inheritdoc IAttestations
    function schemaOf(Claim claim) public pure returns (bytes32) {
        if (claim == Claim.Person) return _schema("bool personVerified");
        if (claim == Claim.Business) return _schema("bool businessVerified");
        if (claim == Claim.CreditBand) return _schema("uint8 creditBand");
        if (claim == Claim.Product) return _schema("bytes32 sustainableProduct");
        return 0;
    }

    function _attest(AttestationRequest calldata request, address attester) private returns (bytes32 uid) {
        Claim claim = _claimOf(request.schema);
        address recipient = request.recipient;
        if (!isAttestor[attester][claim]) revert Attestations_NotAttestor(attester, claim);
        if (recipient == address(0)) revert Attestations_ZeroAddress();
        if (recipient == attester) revert Attestations_OwnLabel(attester);
        uint64 until = request.expirationTime;
        uint256 latest = Math.min(block.timestamp + maxValidity, LAST_SECOND);
        if (until <= block.timestamp || until > latest) revert Attestations_BadExpiry(until, latest);
        bytes32 value = _checkData(claim, request.data);

        uid = _uid(request, attester);
        if (_records[uid].claim != Claim.None) revert Attestations_AlreadyAttested(uid);
        _replace(recipient, claim, attester);
        // forge-lint: disable-start(unsafe-typecast)
        _records[uid] = AttestationRecord(recipient, uint40(block.timestamp), uint40(until), claim, attester, 0, value);
        attestationOf[recipient][claim] = uid;
        _labels[recipient] = _labels[recipient].withClaim(claim, uint256(value), uint32(until));
        // forge-lint: disable-end(unsafe-typecast)
        emit Attested(recipient, attester, request.schema, uid, claim, value, until);
    }

    /// @dev What stood before is revoked if it may be.
    function _replace(address recipient, Claim claim, address attester) private {
        bytes32 uid = attestationOf[recipient][claim];
        AttestationRecord storage old = _records[uid];
        if (uid == 0 || old.revocationTime != 0 || old.expirationTime < block.timestamp) return;
        if (old.attester != attester && isAttestor[old.attester][claim]) revert Attestations_Held(uid);
        _revoke(uid, old);
    }

    function _revokeBy(bytes32 uid, address caller) private {
        AttestationRecord storage record = _standing(uid);
        if (caller != record.attester && caller != record.recipient) revert Attestations_NotYours(uid, caller);
        _revoke(uid, record);
    }

    function _revoke(bytes32 uid, AttestationRecord storage record) private {
        (address recipient, Claim claim) = (record.recipient, record.claim);
        record.revocationTime = uint40(block.timestamp);
        // One that expired may have a successor, which keeps its labels.
        if (attestationOf[recipient][claim] == uid) _labels[recipient] = _labels[recipient].withClaim(claim, 0, 0);
        emit Revoked(recipient, record.attester, schemaOf(claim), uid);
    }

    function _checkSignature(
        address signer,
        bytes32 structHash,
        uint256 nonce,
        uint64 deadline,
        bytes calldata signature
    ) private {
        if (block.timestamp > deadline) revert Attestations_SignatureExpired(deadline);
        if (!Signatures.isSignedBy(signer, _hashTypedDataV4(structHash), signature)) {
            revert Attestations_BadSignature(signer);
        }
        _useCheckedNonce(signer, nonce);
    }

    function _standing(bytes32 uid) private view returns (AttestationRecord storage record) {
        record = _records[uid];
        if (record.claim == Claim.None || record.revocationTime != 0) revert Attestations_NotStanding(uid);
    }

    /// @dev As EAS makes it: the last four bytes tell equal attestations of one block apart, of which there are none here.
    function _uid(AttestationRequest calldata request, address attester) private view returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                request.schema,
                request.recipient,
                attester,
                uint64(block.timestamp),
                request.expirationTime,
                true,
                bytes32(0),
                request.data,
                uint32(0)
            )
        );
    }

    function _claimOf(bytes32 schema) private pure returns (Claim) {
        for (uint8 i = 1; i <= CLAIMS; ++i) {
            if (schema == schemaOf(Claim(i))) return Claim(i);
        }
        revert Attestations_UnknownSchema(schema);
    }

    function _checkData(Claim claim, bytes calldata data) private pure returns (bytes32 value) {
        if (data.length != 32) revert Attestations_BadData(claim);
        // forge-lint: disable-next-line(unsafe-typecast)
        value = bytes32(data); // 32 bytes long
        uint256 most = claim == Claim.CreditBand ? BEST_BAND : claim == Claim.Product ? type(uint256).max : 1;
        if (value == 0 || uint256(value) > most) revert Attestations_BadData(claim);
    }

    function _schema(string memory text) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(text, address(0), true));
    }
}
