"""JSON-RPC: heads, ranges of logs and blocks."""
