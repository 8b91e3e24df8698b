"""The pages as a visitor meets them, without a browser."""
