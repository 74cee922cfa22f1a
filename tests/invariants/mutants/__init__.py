"""Planted bugs, and what sees them."""
