"""Groups of commands that the command line takes in, one module a group."""
