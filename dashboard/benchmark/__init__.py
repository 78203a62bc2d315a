"""How fast the product is: its own part of the comparison with others, without a browser."""
