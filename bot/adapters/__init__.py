"""What stands between the core and the world: files, catalogues, databases, channels."""
