"""The lives that cases could have: who takes part, what they may do, what is told of it."""
