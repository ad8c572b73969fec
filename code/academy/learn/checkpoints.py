"""A training that was stopped, even killed, goes on as if it had not been."""

from pathlib import Path
from typing import Any, Protocol

import torch

from academy.atomic import atomic_path
from academy.learn.seeds import random_states, set_random_states
from academy.learn.states import load_state, save_state


class Stateful(Protocol):
    """What can give its state and take it back: models, optimizers, schedulers, ``Epochs``, hooks."""

    def state_dict(self) -> dict[str, Any]:
        """Give the state, made of tensors, numbers, texts, lists and dictionaries."""

    def load_state_dict(self, state: Any, /) -> Any:
        """Take a state."""


class Checkpoint:
    """One file with all that a training needs to go on; a hook that writes it, the last of the hooks.

    The file, in the safetensors format, is there whole or not at all. Nothing in it can run.
    """

    def __init__(self, path: Path, **parts: Stateful) -> None:
        """Say what belongs together.

        Args:
            path: The file; its folder exists.
            parts: All that changes along the way, by name: model, optimizer, scheduler, batches, history.
        """
        self.path = path
        self.parts = parts

    def __call__(self, step: int, loss: torch.Tensor) -> None:
        """Write the file after a step."""
        self.save(step)

    def save(self, step: int) -> None:
        """Write the state of every part and of the random numbers.

        Args:
            step: Number of steps done.
        """
        parts = {name: part.state_dict() for name, part in self.parts.items()}
        with atomic_path(self.path) as unfinished:
            save_state(unfinished, {"step": step, "parts": parts, "random": random_states()})

    def resume(self) -> int:
        """Give every part, and the random numbers, the state of the file.

        Returns:
            Number of steps done; 0 where there is no file, and then nothing changes.

        Raises:
            ValueError: If the file is none of this training.
        """
        if not self.path.exists():
            return 0
        state = self.read()
        if state["parts"].keys() != self.parts.keys():
            raise ValueError(
                f"{self.path} is the checkpoint of {', '.join(state['parts'])}; this training has "
                f"{', '.join(self.parts)}. Name another file, or delete this one to start anew"
            )
        for name, part in self.parts.items():
            part.load_state_dict(state["parts"][name])
        set_random_states(state["random"])
        step: int = state["step"]
        return step

    def read(self) -> dict[str, Any]:
        """Read the file, refusing any other."""
        try:
            state: dict[str, Any] = load_state(self.path)
            if not {"step", "parts", "random"} <= state.keys():
                raise KeyError("step, parts or random")
        except OSError:
            raise
        except Exception as error:  # a file made by others can be wrong in many ways
            raise ValueError(
                f"{self.path} is no checkpoint, and was not opened further. "
                "Name another file, or delete this one to start anew"
            ) from error
        return state
