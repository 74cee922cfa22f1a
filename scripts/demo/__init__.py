"""Plays a market from deployment to a vote that takes effect, and compares service with chain."""
