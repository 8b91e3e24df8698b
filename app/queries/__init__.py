"""What pages, feeds and answers read: one function is one page, and gives one frozen value."""
