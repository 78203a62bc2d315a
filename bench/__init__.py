"""The comparison with others: `make bench`."""
