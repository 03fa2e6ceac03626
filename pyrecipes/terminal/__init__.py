"""The sitting in a terminal: keys, the editor, the live prompt, and linear text for everyone."""
