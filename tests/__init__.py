"""A package, so that no other of this name stands before it: Ciw, a peer of the benches, installs one."""
