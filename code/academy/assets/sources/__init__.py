"""The kinds of places an asset can come from, one small file each."""
