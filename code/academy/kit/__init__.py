"""The whole course as one folder, for a classroom without internet."""
