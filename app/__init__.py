"""Ober: plans supplier maintenance around the moments that matter to customers."""
