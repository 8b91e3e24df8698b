"""What people do, each in one transaction, on both kinds of database."""
