"""What reads from and speaks to the world outside."""
