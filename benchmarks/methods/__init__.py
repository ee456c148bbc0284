"""How long the methods take that one strategic assessment needs."""
