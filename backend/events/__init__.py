"""Decoded events as frozen dataclasses."""
