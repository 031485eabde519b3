"""Ways to reach somebody, one file each. They know the core and not each other."""
