"""Trade templates: plain input to tranches, and back."""
