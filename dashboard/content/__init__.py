"""What a report says, composed from Answers and apart from how it is printed."""
