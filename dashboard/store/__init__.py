"""The only way to DuckDB: the lake, the build, the questions and their answers."""
