"""The numbers of a trial on one question: intervention v comparator on an outcome."""
