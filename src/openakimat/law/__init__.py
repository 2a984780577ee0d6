"""What is in force, and for whom."""
