// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILabels} from "contracts/interfaces/ILabels.sol";
import {Attestation, AttestationRequest, Claim} from "contracts/types/Attestation.sol";

/// @title Attestations: labels that attestors give to accounts, and take
/// @notice Members vote on who may attest what. An attestor attests a claim of an account, in its own transaction or with
/// a signature that anyone brings (EIP-712, in the form of the delegated attestations of EAS, the Ethereum Attestation
/// Service); the attestation gives the account labels until it expires: 0 person verified, 1 business verified, 2
/// sustainable product, 3 to 7 credit band of at least 1 to 5. Offers may ask for labels, see `Escrow`.
///
/// An account has one attestation of each claim at most. Another attestor's stands until it expires, is revoked, or its
/// attestor may no longer attest; one's own is revoked by the next. The attestor revokes; so may the account, which
/// nobody labels against its will. When members take an attestor off, anyone strikes what it attested.
/// @dev No money, and no owner but the timelock, which can neither give a label nor take one.
interface IAttestations is ILabels {
    /// @notice `recipient` has the labels of this claim up to and including `expirationTime` (unix seconds).
    event Attested(
        address indexed recipient,
        address indexed attester,
        bytes32 indexed schema,
        bytes32 uid,
        Claim claim,
        bytes32 value,
        uint64 expirationTime
    );
    /// @notice The attestation no longer holds, and its labels are gone.
    event Revoked(address indexed recipient, address indexed attester, bytes32 indexed schema, bytes32 uid);
    /// @notice Members let this account attest such claims, or no longer.
    event AttestorSet(address indexed attestor, Claim claim, bool allowed);

    /// @notice The caller is not the timelock.
    error Attestations_NotTimelock(address caller);
    /// @notice An address is missing.
    error Attestations_ZeroAddress();
    /// @notice Deployment: attestations hold for up to 1 day to 1,095 days (seconds).
    error Attestations_BadValidity(uint256 maxValidity);
    /// @notice There is no such claim.
    error Attestations_UnknownClaim();
    /// @notice No claim has this schema.
    error Attestations_UnknownSchema(bytes32 schema);
    /// @notice The account may attest such claims already, or may not.
    error Attestations_NothingChanged(address attestor, Claim claim);
    /// @notice So many may attest such claims already.
    error Attestations_TooManyAttestors(Claim claim, uint256 most);
    /// @notice Members have not let this account attest such claims.
    error Attestations_NotAttestor(address account, Claim claim);
    /// @notice Nobody attests itself.
    error Attestations_OwnLabel(address account);
    /// @notice An attestation ends after this block, and up to and including `latest` (unix seconds).
    error Attestations_BadExpiry(uint64 expirationTime, uint256 latest);
    /// @notice The data is not one word with a value that the claim may have.
    error Attestations_BadData(Claim claim);
    /// @notice Another attestor's attestation of this claim holds.
    error Attestations_Held(bytes32 uid);
    /// @notice The same was attested in the same second.
    error Attestations_AlreadyAttested(bytes32 uid);
    /// @notice There is no such attestation, or it was revoked.
    error Attestations_NotStanding(bytes32 uid);
    /// @notice Only its attestor and the account that it is about may revoke an attestation.
    error Attestations_NotYours(bytes32 uid, address caller);
    /// @notice The attestor of this attestation may still attest such claims.
    error Attestations_AttestorStands(bytes32 uid);
    /// @notice The signature held up to and including `deadline` (unix seconds).
    error Attestations_SignatureExpired(uint64 deadline);
    /// @notice This account did not sign that, or its wallet contract denies it.
    error Attestations_BadSignature(address signer);

    /// @notice Timelock only: let an account attest such claims, or no longer. What it has attested holds until somebody
    /// strikes it.
    function setAttestor(address attestor, Claim claim, bool allowed) external;

    /// @notice An attestor attests.
    /// @return uid the attestation's, as EAS makes it
    function attest(AttestationRequest calldata request) external returns (bytes32 uid);

    /// @notice Anyone: attest what an attestor signed (EIP-712, ERC-1271 too): `Attest(address attester,bytes32
    /// schema,address recipient,uint64 expirationTime,bool revocable,bytes32 refUID,bytes data,uint256 value,uint256
    /// nonce,uint64 deadline)`, revocable, without reference and of no value (coin).
    /// @param nonce of the attester: a key in the upper 192 bits, and that key's next number, see `nonces`
    /// @param deadline the last second (unix) in which the signature holds
    function attestBySignature(
        AttestationRequest calldata request,
        address attester,
        uint256 nonce,
        uint64 deadline,
        bytes calldata signature
    ) external returns (bytes32 uid);

    /// @notice The attestor, or the account that it is about: end an attestation.
    function revoke(bytes32 uid) external;

    /// @notice Anyone: end an attestation as its attestor or the account signed: `Revoke(address revoker,bytes32
    /// schema,bytes32 uid,uint256 value,uint256 nonce,uint64 deadline)`, of no value.
    function revokeBySignature(bytes32 uid, address revoker, uint256 nonce, uint64 deadline, bytes calldata signature)
        external;

    /// @notice Anyone: end attestations whose attestors may no longer attest such claims.
    function strike(bytes32[] calldata uids) external;

    /// @notice Until when (unix seconds, inclusive) an account has a label; in the past or zero: it has it not.
    function labelUntil(address account, uint256 label) external view returns (uint256);

    /// @notice The uid of the last attestation of a claim of an account; zero if there was none.
    function attestationOf(address account, Claim claim) external view returns (bytes32 uid);

    /// @notice An attestation as EAS tells of it; all zero if there is none.
    function getAttestation(bytes32 uid) external view returns (Attestation memory);

    /// @notice The schema of a claim.
    function schemaOf(Claim claim) external pure returns (bytes32);

    /// @notice Whether an account may attest such claims.
    function isAttestor(address account, Claim claim) external view returns (bool);

    /// @notice How many accounts may attest such claims.
    function attestors(Claim claim) external view returns (uint256);

    /// @notice How long an attestation may hold (seconds).
    function maxValidity() external view returns (uint256);

    /// @notice The only account that says who may attest.
    function timelock() external view returns (address);
}
