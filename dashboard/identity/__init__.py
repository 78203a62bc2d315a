"""Who somebody is: accounts, what they are here, their sessions, and the log of what they did."""
