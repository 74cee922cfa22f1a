// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Where the Court's seeds come from
/// @notice Anything that can answer a request with a number that nobody could choose: a round of bonded commitments, a
/// verifiable random function. Members vote in another by voting in a court that uses it.
interface IRandomness {
    /// @notice A seed was asked for.
    event SeedRequested(uint256 indexed requestId, address indexed by);
    /// @notice A seed is known.
    event SeedSet(uint256 indexed requestId, uint256 seed);

    /// @notice A listed caller asks for a seed that is not known to anybody yet. Several requests may share one seed,
    /// and one id: callers mix in what is their own.
    /// @return requestId never zero, below 2^64
    function request() external returns (uint256 requestId);

    /// @notice The seed; zero while it is not known.
    function seedOf(uint256 requestId) external view returns (uint256 seed);
}
