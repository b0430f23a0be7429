"""Tables of words: what a word means, by language; no table names anything of a particular home."""
