"""The app that finds similar pictures: in emoji, or in a folder of the reader's own."""
