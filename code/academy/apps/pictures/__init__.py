"""What apps that find pictures share: sets of them, their index, the search, and how results are shown."""
