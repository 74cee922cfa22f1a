"""What runs by hand or by make: deployment, seeds, demonstrations, tools."""
