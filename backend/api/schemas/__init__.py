"""What the answers look like, one file for each kind of thing."""
