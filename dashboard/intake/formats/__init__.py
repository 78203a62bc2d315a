"""Files of every accepted format → sheets of text, in a process that may fail alone."""
