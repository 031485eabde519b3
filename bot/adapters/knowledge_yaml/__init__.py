"""The knowledge base on disk: YAML read with the place of every value, checked, and made into the model."""
