"""Homework 6: from a text file to words, ids and vectors, to a classifier of sentiment and its neighbors."""

from academy.homework.tasks import Homework
from academy.lessons.lesson6.homework.filling import fills
from academy.lessons.lesson6.homework.nearest_words import finds
from academy.lessons.lesson6.homework.numbering import numbers
from academy.lessons.lesson6.homework.sentiment import classifies
from academy.lessons.lesson6.homework.text_files import reads
from academy.lessons.lesson6.homework.words import cuts

homework = Homework(
    "homework6",
    [
        ("words", cuts),
        ("a vocabulary", numbers),
        ("a file of any encoding", reads),
        ("rows of one length", fills),
        ("sentiment", classifies),
        ("neighbors", finds),
    ],
)
check = homework.check
