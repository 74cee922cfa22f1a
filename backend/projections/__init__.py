"""One small function for each event: event in, rows out."""
