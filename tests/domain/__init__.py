"""The rules of the business, as sentences, as worked cases and against an answer computed plainly."""
