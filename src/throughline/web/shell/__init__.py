"""The frame of every page: headers, navigation, theme, errors, words and numbers."""
