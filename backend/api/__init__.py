"""Routes, schemas and errors."""
