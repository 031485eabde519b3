"""Teate: a small clinic's assistant on Telegram."""

import os

# Before numpy is loaded, which reads it once. What is multiplied here is small: threads wait for one another
# longer than they work, and an answer takes three times as long while anything else runs on the machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
