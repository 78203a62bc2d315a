"""The one door into the record: bytes are checked against a contract, then taken in whole or not."""
