"""One module for each step, never edited once it is released."""
