"""The rules of the business: values in, values out. No clock, no database, no sentence for people."""
