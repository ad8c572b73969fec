"""What the first components of the lesson's own network move: half a minute of one core.

To be run again after ``train_autoencoders.py``; with these figures its network is a run like any other.
"""

import time
from dataclasses import asdict
from datetime import UTC, datetime

import torch
from academy.data.real_faces import Photos
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson5.comparison import codes_of, images_of
from academy.lessons.lesson5.faces import face_split
from academy.lessons.lesson5.judge import accuracies, judge, true_attributes
from academy.lessons.lesson5.knobs import TURN
from academy.lessons.lesson5.project import TURNED, knobs_of
from academy.lessons.lesson5.weights import lesson_pca, lesson_vae


def main() -> None:
    """Turn them for faces kept back, and say how far the judge can be trusted there."""
    torch.set_num_threads(1)
    network, kept, begin = lesson_vae(), face_split().validation.part(0, TURNED), time.process_time()
    knobs = knobs_of(network, lesson_pca(), Photos(kept.images, ""))
    made = images_of(network, codes_of(network, kept.images))
    settings = {
        "turned_faces": TURNED,
        "turn": TURN,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "judged_right": accuracies(judge(), made, true_attributes(kept)),
    }
    rows = [asdict(knob) for knob in knobs]
    print(write_sweep("lessons/lesson5/components", settings, rows, time.process_time() - begin))


if __name__ == "__main__":
    main()
