"""A deck on the screen of a hall: composed and frozen first, then shown slide by slide."""
