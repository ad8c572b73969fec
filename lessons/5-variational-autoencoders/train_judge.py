"""The judge of the lesson: what can be seen of a face, told by a network; under a minute of one core."""

import time

import torch
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson5.faces import face_split, pixels
from academy.lessons.lesson5.judge import JUDGED, accuracies, blurred, trained_judge, true_attributes
from academy.lessons.lesson5.weights import keep_weights

EPOCHS = 5


def main() -> None:
    """Train the judge, keep its weights, and record how often it is right."""
    torch.set_num_threads(1)
    split, begin = face_split(), time.process_time()
    judge = trained_judge(split.train, EPOCHS)
    seconds = time.process_time() - begin
    keep_weights(judge, "judge")
    truth, images = true_attributes(split.test), pixels(split.test.images)
    settings = {"seeds": [0], "epochs": EPOCHS, "faces": len(split.train.images), "judged": list(JUDGED)}
    shares = truth.double().mean(dim=0).tolist()
    always = [round(max(share, 1 - share), 4) for share in shares]
    rows = [
        {"images": "drawn", **accuracies(judge, images, truth)},
        {"images": "at half the resolution", **accuracies(judge, blurred(images), truth)},
        {"images": "none: the more frequent answer", **dict(zip(JUDGED, always))},
    ]
    print(write_sweep("lessons/lesson5/judge", settings, rows, seconds))


if __name__ == "__main__":
    main()
