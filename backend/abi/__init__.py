"""Contract interfaces, generated from the build and never edited."""
