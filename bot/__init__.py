"""Teate: a small clinic's assistant on Telegram."""
