"""For those who test a host: contracts for adapters, strategies, the search of every case."""
