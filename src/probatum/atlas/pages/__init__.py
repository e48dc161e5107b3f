"""The pages of the atlas, one module a page: a view and what is asked for in, a Page out."""
