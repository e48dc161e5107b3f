"""The nouns: frozen dataclasses, standard library only.

Stages never call each other; they meet here. Import from the module that holds the noun
(``from probatum.model.document import Document``).
"""
