"""What pages read, and what they may not."""
