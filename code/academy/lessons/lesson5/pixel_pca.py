"""PCA of pixels in the form of an autoencoder: the baseline that any network must beat."""

import torch
from sklearn.decomposition import PCA
from torch import nn

from academy.lessons.lesson5.faces import Faces, pixels


class PixelPCA(nn.Module):
    """Turns images into their first principal components, and back.

    Args:
        mean: Of all images, as rows of numbers, shape (numbers,).
        components: Shape (latents, numbers), each of length 1 and at right angles to the others.
        side: Pixels along a side.
    """

    def __init__(self, mean: torch.Tensor, components: torch.Tensor, side: int) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("components", components)
        self.mean: torch.Tensor
        self.components: torch.Tensor
        self.side = side

    def encode(self, images: torch.Tensor) -> torch.Tensor:
        """Give the components of images, shape (count, latents)."""
        codes: torch.Tensor = (images.flatten(1) - self.mean) @ self.components.T
        return codes

    def decoder(self, codes: torch.Tensor) -> torch.Tensor:
        """Give images of shape (count, 3, side, side), cut to pixels from 0 to 1."""
        rows = codes @ self.components + self.mean
        images: torch.Tensor = rows.clamp(0, 1).unflatten(1, (3, self.side, self.side))
        return images


def pixel_pca(faces: Faces, latents: int, seed: int = 0) -> PixelPCA:
    """Find the principal components of faces.

    Args:
        faces: Many.
        latents: How many components.
        seed: Of the method, which approximates by chance.
    """
    rows = pixels(faces.images).flatten(1)
    found = PCA(latents, svd_solver="randomized", random_state=seed).fit(rows.numpy())
    mean, components = torch.from_numpy(found.mean_), torch.from_numpy(found.components_)
    return PixelPCA(mean, components, faces.images.shape[-1])
