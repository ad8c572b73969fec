"""Task 3: an encoder and a decoder of another depth or width than the chapter's."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.tasks import Finding, calling, right, wrong
from academy.nets.autoencoders import Decoder, Encoder

FACES = 3
SIZES = (5, 32)
"""Latents that the check asks for."""
LEAST_MOVED = 1e-9
"""Mean change of a picture's numbers along a latent that says something."""


def encodes_and_decodes(encoder: Any, decoder: Any) -> Iterator[Finding]:
    """Build both for codes of two sizes, and look at what comes out."""
    chance = torch.Generator().manual_seed(0)
    images = torch.rand(FACES, 3, 64, 64, generator=chance)
    for latents in SIZES:
        networks: list[nn.Module] = []
        for name, make, size in (("encoder", encoder, 2 * latents), ("decoder", decoder, latents)):
            call = f"{name}({size})"
            with calling(call):
                network, other = make(size), make(size)
            found = list(network_mistakes(call, network, other))
            if found:
                yield from found
                return
            networks.append(network)
        codes = torch.randn(FACES, latents, generator=chance)
        found = list(encoder_mistakes(networks[0], images, 2 * latents)) or list(
            decoder_mistakes(networks[1], codes)
        )
        if found:
            yield from found
            return
    if are_the_chapters(networks[0], networks[1], SIZES[-1]):
        yield wrong(
            "Your encoder and decoder have weights of the same shapes as the chapter's.",
            "another depth (more or fewer convolutions) or another width (more or fewer maps).",
        )
        return
    sizes = [sum(each.numel() for each in network.parameters()) for network in networks]
    yield right(
        f"any number of latents; pixels from 0 to 1; {sizes[0]:,} and {sizes[1]:,} parameters "
        f"for {SIZES[-1]} latents"
    )


def network_mistakes(call: str, network: Any, other: Any) -> Iterator[Finding]:
    """Say why what a call returns is no network to be trained."""
    name = call.partition("(")[0]
    if network is None or network is ...:
        yield wrong(f"`{name}` returns nothing.", "end it with `return` and the network.")
    elif not isinstance(network, nn.Module):
        kind = f"the class {network.__name__}" if isinstance(network, type) else type(network).__name__
        yield wrong(f"`{call}` is no network, but {kind}.", "an `nn.Sequential`, or another `nn.Module`.")
    elif network is other:
        yield wrong(
            f"`{call}` gives the same network each time.",
            "build a new one in each call: two models must not share weights.",
        )
    elif not any(True for _ in network.parameters()):
        yield wrong(
            f"`{call}` has no parameters.",
            "layers in a plain list are not seen: `nn.Sequential(*layers)` or `nn.ModuleList`.",
        )


def encoder_mistakes(encoder: nn.Module, images: torch.Tensor, outputs: int) -> Iterator[Finding]:
    """Say what is wrong with the numbers that an encoder gives."""
    call = f"encoder({outputs})"
    with calling(f"{call}(images) on images of shape {tuple(images.shape)}"):
        trained, found = encoder.train()(images), encoder.eval()(images)
        alone = encoder(images[:1])
    if not torch.is_tensor(found) or found.shape != (FACES, outputs):
        shape = f"shape {tuple(found.shape)}" if torch.is_tensor(found) else f"a {type(found).__name__}"
        yield wrong(
            f"`{call}` turns images of shape {tuple(images.shape)} into {shape}, not ({FACES}, {outputs}).",
            "as many numbers as it is asked for, in one row a face: `nn.Flatten()`, then a full layer. "
            "Means and log variances are told apart later.",
        )
    elif not torch.allclose(found[:1], alone, atol=1e-4):
        yield wrong(
            f"In evaluation mode `{call}` gives a face other numbers alone than among others.",
            "batch normalization must keep track of means and variances (`track_running_stats`), and no "
            "layer may look across the faces.",
        )
    elif torch.allclose(found[0], found[1]):
        yield wrong(f"`{call}` gives two faces the same numbers.", "do the layers see the picture at all?")
    elif found.min() >= 0 and trained.min() >= 0:
        yield wrong(
            f"`{call}` gives no number below 0.",
            "end with the full layer, without an activation: means have both signs, and a log variance "
            "below 0 is a cloud smaller than the prior.",
        )
    elif max(found.max(), -found.min()) <= 1 and has_bounds(encoder, images):
        yield wrong(
            f"`{call}` gives numbers from −1 to 1 alone.",
            "end with the full layer, without an activation: a small cloud has a log variance of −5.",
        )
    elif not trained.requires_grad:
        yield wrong(f"No slope passes through `{call}`.", "no `detach` or `no_grad` in it.")


def has_bounds(encoder: nn.Module, images: torch.Tensor) -> bool:
    """Tell whether an encoder stays within −1 and 1 when its pictures are a thousand times as bright."""
    with torch.no_grad():
        return bool(encoder(1000 * images).abs().max() <= 1)


def decoder_mistakes(decoder: nn.Module, codes: torch.Tensor) -> Iterator[Finding]:
    """Say what is wrong with the images that a decoder gives."""
    latents = codes.shape[1]
    call, codes = f"decoder({latents})", codes.clone().requires_grad_()
    with calling(f"{call}(codes) on codes of shape {tuple(codes.shape)}"):
        decoder.train()(codes)
        found, alone, far = decoder.eval()(codes), decoder(codes[:1]), decoder(1000 * codes.detach())
    wanted = (FACES, 3, 64, 64)
    if not torch.is_tensor(found) or found.shape != wanted:
        shape = f"shape {tuple(found.shape)}" if torch.is_tensor(found) else f"a {type(found).__name__}"
        yield wrong(
            f"`{call}` turns codes of shape {tuple(codes.shape)} into {shape}, not {wanted}.",
            "each transposed convolution with kernel 4, stride 2 and padding 1 doubles the sides: begin with "
            "maps of side 64 / 2ⁿ for n of them.",
        )
    elif min(found.min(), far.min()) < 0 or max(found.max(), far.max()) > 1:
        low, high = min(found.min().item(), far.min().item()), max(found.max().item(), far.max().item())
        yield wrong(
            f"`{call}` gives pixels from {low:.2f} to {high:.2f}; faces have them from 0 to 1.",
            "tanh goes from −1 to 1: a sigmoid at the end."
            if low >= -1 and high <= 1
            else "`nn.Sigmoid()` at the end.",
        )
    elif ((found == 0) | (found == 1)).double().mean() > 0.1:
        yield wrong(
            f"`{call}` gives pixels of exactly 0 or 1: {((found == 0) | (found == 1)).double().mean():.0%}.",
            "cut off, a pixel has no slope and stays where it is: `nn.Sigmoid()` has one everywhere.",
        )
    elif not torch.allclose(found[:1], alone, atol=1e-4):
        yield wrong(
            f"In evaluation mode `{call}` makes other pixels of a code alone than among others.",
            "batch normalization must keep track of means and variances (`track_running_stats`).",
        )
    else:
        yield from silent_mistakes(call, found, codes)


def silent_mistakes(call: str, found: torch.Tensor, codes: torch.Tensor) -> Iterator[Finding]:
    """Say which numbers of a code move no pixel."""
    slopes = (
        torch.autograd.grad((found**2).sum(), codes, allow_unused=True)[0] if found.requires_grad else None
    )
    if slopes is None:
        yield wrong(f"No slope passes through `{call}`.", "no `detach` or `no_grad` in it.")
        return
    silent = [place for place in range(codes.shape[1]) if slopes[:, place].abs().max() < LEAST_MOVED]
    if silent:
        yield wrong(
            f"Of {codes.shape[1]} latents `{call}` does not use {len(silent)}, the first latent {silent[0]}.",
            "the first layer takes all of the code: `nn.Linear(latents, …)`.",
        )


def are_the_chapters(encoder: nn.Module, decoder: nn.Module, latents: int) -> bool:
    """Tell whether both networks have weights of the shapes of the chapter's."""
    pairs = ((encoder, Encoder(2 * latents)), (decoder, Decoder(latents)))
    return all(shapes(ours) == shapes(theirs) for ours, theirs in pairs)


def shapes(network: nn.Module) -> list[torch.Size]:
    """List the shapes of a network's parameters."""
    return [each.shape for each in network.parameters()]
