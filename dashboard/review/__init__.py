"""What evaluations compute: pure functions on numbers, without files, database or screen."""
