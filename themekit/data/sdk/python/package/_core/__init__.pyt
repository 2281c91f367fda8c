"""The parts that all operations share. Nothing in here is public."""
