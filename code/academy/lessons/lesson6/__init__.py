"""What only Lesson 6 uses: tokenizers and vocabularies, word vectors, what people feel in sentences."""
