"""The app that finds pictures by words, and sorts them into classes that are only named."""
