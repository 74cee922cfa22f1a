"""Follow, backfill, reorgs and checkpoints."""
