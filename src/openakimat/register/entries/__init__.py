"""A row as an entry: its cells, its columns, and how the row of each procedure is played."""
