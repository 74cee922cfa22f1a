"""What every template is made of: plain input, its tranches, the text of it, and sentences."""
