"""Speed and memory beside the peers: `uv run --group bench python -m tests.bench [NAME …]`."""
