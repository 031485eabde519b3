"""Use cases, one verb a file. They speak to the outside through ports.py only."""
