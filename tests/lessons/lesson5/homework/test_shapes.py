"""Task 3: encoders and decoders with a fault each, and right ones unlike ours."""

import pytest
import torch
from academy.nets.autoencoders import Decoder, Encoder
from torch import nn
from torch.nn import functional as F

SHARED = nn.Linear(3 * 64 * 64, 10)


def encoder(outputs, *last):
    return nn.Sequential(
        nn.Conv2d(3, 8, 4, stride=4),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(2048, outputs),
        *last,
    )


def decoder(latents, *last):
    return nn.Sequential(
        nn.Linear(latents, 2048),
        nn.Unflatten(1, (8, 16, 16)),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.ConvTranspose2d(8, 3, 4, stride=4),
        *(last or [nn.Sigmoid()]),
    )


class Changed(nn.Module):
    """A network whose inputs or outputs are changed."""

    def __init__(self, network, before=None, after=None):
        super().__init__()
        self.network, self.before, self.after = network, before, after

    def forward(self, given):
        given = self.before(given) if self.before else given
        made = self.network(given)
        return self.after(made) if self.after else made


class InAList(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.layers = [nn.Flatten(), nn.Linear(3 * 64 * 64, outputs)]

    def forward(self, images):
        return self.layers[1](self.layers[0](images))


class Clamp(nn.Module):
    def forward(self, images):
        return images.clamp(0, 1)


def of_the_batch(outputs):
    return nn.Sequential(
        nn.Conv2d(3, 8, 4, stride=4), nn.BatchNorm2d(8, track_running_stats=False), nn.Flatten(),
        nn.Linear(2048, outputs),
    )  # fmt: skip


def encoding(change):
    return {"encoder": change, "decoder": decoder}


def decoding(change):
    return {"encoder": encoder, "decoder": change}


def changed_encoder(**changes):
    return encoding(lambda outputs: Changed(encoder(outputs), **changes))


def changed_decoder(**changes):
    return decoding(lambda latents: Changed(decoder(latents), **changes))


WRONG = [
    (encoding(lambda outputs: None), "`encoder` returns nothing"),
    (decoding(lambda latents: None), "`decoder` returns nothing"),
    (encoding(lambda outputs: nn.Linear), "is no network, but the class Linear"),
    (encoding(lambda outputs: F.relu), "is no network, but function"),
    (encoding(lambda outputs: SHARED), "gives the same network each time"),
    (encoding(InAList), "layers in a plain list are not seen"),
    (encoding(lambda outputs: encoder(64)), "into shape (3, 64), not (3, 10)"),
    (encoding(lambda outputs: encoder(outputs // 2)), "as many numbers as it is asked for"),
    (changed_encoder(after=lambda made: made.chunk(2, dim=1)), "into a tuple"),
    (changed_encoder(after=lambda made: made[:, :, None]), "in one row a face"),
    (encoding(lambda outputs: encoder(outputs, nn.ReLU())), "gives no number below 0"),
    (encoding(lambda outputs: encoder(outputs, nn.Tanh())), "numbers from −1 to 1 alone"),
    (encoding(of_the_batch), "other numbers alone than among others"),
    (changed_encoder(before=torch.zeros_like), "gives two faces the same numbers"),
    (changed_encoder(after=torch.detach), "No slope passes through `encoder(10)`"),
    (encoding(lambda outputs: nn.Linear(7, outputs)), "Running `encoder(10)(images)"),
    (decoding(lambda latents: decoder(latents, nn.Tanh())), "tanh goes from −1 to 1"),
    (decoding(lambda latents: decoder(latents, nn.Identity())), "`nn.Sigmoid()` at the end"),
    (decoding(lambda latents: decoder(latents, Clamp())), "cut off, a pixel has no slope"),
    (changed_decoder(after=lambda made: 255 * made), "`nn.Sigmoid()` at the end"),
    (changed_decoder(after=lambda made: made[..., :32, :32]), "not (3, 3, 64, 64)"),
    (changed_decoder(after=lambda made: made.permute(0, 2, 3, 1)), "into shape (3, 64, 64, 3)"),
    (changed_decoder(before=lambda codes: F.pad(codes[:, :3], (0, codes.shape[1] - 3))), "does not use 2"),
    (changed_decoder(before=torch.detach), "No slope passes through `decoder(5)`"),
    (decoding(lambda latents: decoder(64)), "Running `decoder(5)(codes)"),
    ({"encoder": lambda outputs: Encoder(outputs), "decoder": Decoder}, "same shapes as the chapter's"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(3, **wrong)
    assert not found.solved
    assert helps in str(found)


class Full(nn.Module):
    """Full layers alone, by hand."""

    def __init__(self, outputs):
        super().__init__()
        self.enter = nn.Parameter(torch.randn(3 * 64 * 64, 16) / 100)
        self.leave = nn.Parameter(torch.randn(16, outputs))

    def forward(self, images):
        return torch.tanh(images.flatten(1) @ self.enter) @ self.leave


class Upsampling(nn.Module):
    """Nearest pixels and convolutions in place of transposed ones, layer norm, a scaled tanh."""

    def __init__(self, latents):
        super().__init__()
        self.start = nn.Linear(latents, 16 * 8 * 8)
        self.norm = nn.GroupNorm(1, 16)
        self.steps = nn.ModuleList([nn.Conv2d(16, 16, 3, padding=1) for _ in range(3)])
        self.last = nn.Conv2d(16, 3, 1)

    def forward(self, codes):
        maps = self.norm(self.start(codes).view(-1, 16, 8, 8))
        for step in self.steps:
            maps = F.gelu(step(F.interpolate(maps, scale_factor=2)))
        return (self.last(maps).tanh() + 1) / 2


RIGHT = {
    "one convolution": (encoder, decoder),
    "full layers": (Full, decoder),
    "upsampling": (encoder, Upsampling),
    "a mean over places": (
        lambda outputs: nn.Sequential(
            nn.Conv2d(3, 32, 5, stride=3), nn.SiLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(32, outputs),
        ),
        decoder,
    ),
    "the chapter's decoder": (encoder, Decoder),
    "shuffled pixels": (
        encoder,
        lambda latents: nn.Sequential(
            nn.Linear(latents, 192 * 64), nn.Unflatten(1, (192, 8, 8)), nn.PixelShuffle(8), nn.Hardsigmoid()
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("encoder", "decoder"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, encoder, decoder):
    found = checked(3, encoder=encoder, decoder=decoder)
    assert found.solved, str(found)
