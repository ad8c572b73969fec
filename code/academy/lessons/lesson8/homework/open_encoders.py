"""Published weights of a CLIP in the place of the small towers."""

from collections.abc import Sequence

import open_clip
import torch
from torch import nn
from torchvision.transforms.v2 import functional

from academy.lessons.lesson8.homework.encoders import listed
from academy.lessons.lesson8.homework.picture_sets import PictureSet

ARCHITECTURE, PAIRS = "ViT-B-32", "laion2b_s34b_b79k"
BATCH = 32


class OpenEncoders(nn.Module):
    """OpenCLIP's ViT-B/32, trained on two billion pairs; asked as ``Encoders`` are.

    Raises:
        OSError: If the hub does not deliver the weights, 600 MB.
    """

    def __init__(self) -> None:
        super().__init__()
        made = open_clip.create_model_and_transforms(ARCHITECTURE, pretrained=PAIRS)
        self.clip, _, self.prepare = made
        self.clip.eval().requires_grad_(False)
        self.tokenize = open_clip.get_tokenizer(ARCHITECTURE)

    @property
    def scale(self) -> float:
        """What cosines are multiplied by."""
        scale: float = self.clip.logit_scale.exp().item()
        return scale

    def read(self, part: PictureSet) -> PictureSet:
        """Look at the pictures of a part, and put what the encoder says of them in place of its numbers."""
        batches = [self.seen(images) for images in part.images.split(BATCH)]
        return part._replace(numbers=torch.cat(batches))

    @torch.no_grad()
    def seen(self, images: torch.Tensor) -> torch.Tensor:
        """Encode pictures, shape (count, 3, side, side), uint8."""
        prepared = torch.stack([self.prepare(functional.to_pil_image(image)) for image in images])
        vectors: torch.Tensor = self.clip.encode_image(prepared)
        return vectors

    def encode_image(self, numbers: torch.Tensor) -> torch.Tensor:
        """Give the vectors of pictures, which ``read`` has made."""
        return numbers

    @torch.no_grad()
    def encode_text(self, texts: Sequence[str]) -> torch.Tensor:
        """Turn a list of texts into vectors, shape (count, width), float32."""
        vectors: torch.Tensor = self.clip.encode_text(self.tokenize(listed(texts)))
        return vectors
