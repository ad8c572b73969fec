"""Denoisers that need no training: the best there are, where the data are a Gaussian or a list of points.

The best guess of the noise, by squared error, is its mean given what is seen; both have it in closed form.
"""

import torch

from academy.lessons.lesson8.diffusion import Denoiser, scales


def gaussian_denoiser(mean: torch.Tensor, covariance: torch.Tensor) -> Denoiser:
    """Make the best denoiser for data from a Gaussian; it has no condition.

    Noisy data are Gaussian as well, with covariance S = ᾱ · covariance + (1 − ᾱ) · identity, and the mean of
    the noise, given what is seen, is √(1 − ᾱ) · S⁻¹ · (noisy − √ᾱ · mean).

    Args:
        mean: Shape (size,).
        covariance: Shape (size, size), symmetric.
    """

    def denoiser(noisy: torch.Tensor, times: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
        data_scale, noise_scale = scales(times, noisy)
        identity = torch.eye(len(mean), dtype=mean.dtype)
        spread = data_scale[..., None] ** 2 * covariance + noise_scale[..., None] ** 2 * identity
        away: torch.Tensor = torch.linalg.solve(spread, noisy - data_scale * mean)
        return noise_scale * away

    return denoiser


def points_denoiser(points: torch.Tensor) -> Denoiser:
    """Make the best denoiser for data that are these points and no other, each as likely; no condition.

    What is seen came from each point with a probability: a softmax over how near the point lies. The mean of
    the points with these probabilities is the data, and what is left is the noise.

    Args:
        points: Shape (points, size).
    """

    def denoiser(noisy: torch.Tensor, times: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
        data_scale, noise_scale = scales(times, noisy)
        away = (noisy[:, None] - data_scale[..., None] * points).square().sum(dim=-1)  # (count, points)
        data = (-away / (2 * noise_scale**2)).softmax(dim=1) @ points
        return (noisy - data_scale * data) / noise_scale

    return denoiser
