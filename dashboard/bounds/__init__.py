"""What must be true: sharp bounds of figures and ranks from everything that is printed."""
