// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// What is attested of an account. Zero is nothing. Each has a schema, named as the Ethereum Attestation Service (EAS)
/// names schemas: the hash of its text, no resolver (20 zero bytes) and `true` for revocable, packed.
enum Claim {
    None,
    Person, // "bool personVerified": who the person behind the account is was verified
    Business, // "bool businessVerified": the same of a business
    CreditBand, // "uint8 creditBand": from 1 to 5, the most creditworthy
    Product // "bytes32 sustainableProduct": the product whose description has this hash (sha2-256) is sustainable
}

// The number of claims, `None` not being one.
uint8 constant CLAIMS = 4;

/// The labels of an account: until when (unix seconds, inclusive; zero: never) it has each, in one word. A credit band
/// gives the label of each band up to its own.
///
///     255       96 95    64 63      32 31    0
///     [ bands 5..1 ][ product ][ business ][ person ]     32 bits each: labels 7 to 3, 2, 1 and 0
type LabelWord is uint256;

/// What an attester says of `recipient`: true until `expirationTime` (unix seconds, inclusive). `data` is one word: 1 for
/// a person or a business, a credit band, or the hash of a product.
struct AttestationRequest {
    bytes32 schema;
    address recipient;
    uint64 expirationTime;
    bytes data;
}

/// What is stored of an attestation. Times are unix seconds; zero: not revoked.
struct AttestationRecord {
    // slot 0
    address recipient;
    uint40 time;
    uint40 expirationTime;
    Claim claim;
    // slot 1
    address attester;
    uint40 revocationTime;
    // slot 2
    bytes32 value;
}

/// An attestation as EAS tells of it. Times are unix seconds. All are `revocable`, and none refers to another.
struct Attestation {
    bytes32 uid;
    bytes32 schema;
    uint64 time;
    uint64 expirationTime;
    uint64 revocationTime;
    bytes32 refUID;
    address recipient;
    address attester;
    bool revocable;
    bytes data;
}
