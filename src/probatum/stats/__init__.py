"""Pure numbers: arrays in, frozen results out; usable on its own."""
