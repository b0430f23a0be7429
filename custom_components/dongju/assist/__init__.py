"""The Home Assistant edge of voice: every microphone ends here, frames become commands, results become sentences.

`voice/` understands and speaks and knows nothing of Home Assistant; this package resolves, acts and answers.
"""
