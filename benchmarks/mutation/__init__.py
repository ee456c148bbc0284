"""Whether the tests notice when a method is changed."""
