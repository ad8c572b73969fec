"""Homework 5: a variational autoencoder, one change to it, and what that does to its knobs."""

from academy.homework.tasks import Homework
from academy.lessons.lesson5.homework.comparison import compares
from academy.lessons.lesson5.homework.cost import costs
from academy.lessons.lesson5.homework.drawing import draws
from academy.lessons.lesson5.homework.new_faces import draws_new_codes
from academy.lessons.lesson5.homework.shapes import encodes_and_decodes
from academy.lessons.lesson5.homework.sliders import turns

homework = Homework(
    "homework5",
    [
        ("what it costs", costs),
        ("a draw that the slope passes", draws),
        ("an encoder and a decoder of your own", encodes_and_decodes),
        ("two models, one change", compares),
        ("eight sliders", turns),
        ("faces of nobody", draws_new_codes),
    ],
)
check = homework.check
