"""What the clinic deals with, as plain data and rules: no library, no clock, no database."""
