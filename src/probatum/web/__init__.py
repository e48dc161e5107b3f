"""The server: routes over the pages of the atlas."""
