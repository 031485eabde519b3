"""Speed and memory of the index, and its figures on labelled questions."""
