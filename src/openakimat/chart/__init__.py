"""What leads where."""
