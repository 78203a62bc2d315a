"""The one way into the record: files are checked against a contract, then taken in or not."""
