"""Telegram, and only Telegram: one file a conversation."""
