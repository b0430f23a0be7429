"""Voice: understanding and answering Korean and English, in pure Python."""
