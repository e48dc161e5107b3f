"""Pure strings: folding, sentences, spans, similarity, n-grams."""
