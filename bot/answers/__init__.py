"""The knowledge engine: from a message to a route. Pure: text in, decision out."""
