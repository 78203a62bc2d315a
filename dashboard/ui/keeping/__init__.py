"""The pages on which accounts are kept and the log of access is read."""
