"""Trained nets and data as files for the reader's browser."""
