"""A small Telegram of one's own: for trying the bot without a token, and for the tests."""
