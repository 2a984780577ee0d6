"""Speed and memory beside the peers: `uv run python -m tests.bench [NAME …]`."""
