"""Faces on sliders: move the principal components of a variational autoencoder's codes."""
