"""How often the methods raise an alarm where nothing changed."""
