"""Reports on a model and its cases."""
