"""What only Lesson 7 uses: sequences, attention and transformers, a small GPT, pretrained encoders."""
