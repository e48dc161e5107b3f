"""Single studies and the whole: deletion, influence, residuals, robust errors, subsets."""
