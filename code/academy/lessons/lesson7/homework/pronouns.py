"""Sentences with a pronoun and the word it stands for: some to search on, some that only the check has."""

from typing import NamedTuple


class Linked(NamedTuple):
    """A sentence with one link in it."""

    text: str
    pronoun: str
    """A word piece that stands in it once."""
    word: str
    """The word piece that the pronoun stands for, once in it as well."""


GIVEN = (
    Linked("Anna lost her keys yesterday.", "her", "anna"),
    Linked("The boy said that he was tired.", "he", "boy"),
    Linked("My mother sold the house because she needed money.", "she", "mother"),
    Linked("The dog hurt its leg on a stone.", "its", "dog"),
    Linked("The children forgot their books at school.", "their", "children"),
    Linked("The king knew that he had lost the war.", "he", "king"),
    Linked("The girl cut herself with a knife.", "herself", "girl"),
    Linked("Tom brought his own chair.", "his", "tom"),
    Linked("The students were late, and they missed the train.", "they", "students"),
    Linked("The woman opened her umbrella in the rain.", "her", "woman"),
    Linked("Peter sold the old bike because he hated the color.", "he", "peter"),
    Linked("The nurse thanked the farmer because she needed help.", "she", "nurse"),
    Linked("The queen told the king that he was wrong.", "he", "king"),
    Linked("The man bought a car and washed it.", "it", "car"),
    Linked("The women met the doctor and thanked him.", "him", "doctor"),
    Linked("When the train stopped, it made a noise.", "it", "train"),
    Linked("The boys lost the ball, so they went home.", "they", "boys"),
    Linked("The actor forgot his lines in the second act.", "his", "actor"),
    Linked("The company said that it would close the shop.", "it", "company"),
    Linked("Our neighbors painted their fence green.", "their", "neighbors"),
)
"""To choose heads on."""
UNSEEN = (
    Linked("Maria read the letter before she answered.", "she", "maria"),
    Linked("The farmer fed his horses at noon.", "his", "farmer"),
    Linked("The birds left their nest in autumn.", "their", "birds"),
    Linked("My uncle says that he never sleeps.", "he", "uncle"),
    Linked("The singer hurt herself on the stage.", "herself", "singer"),
    Linked("The cat hid under the table because it was afraid.", "it", "cat"),
    Linked("The workers stopped because they were hungry.", "they", "workers"),
    Linked("The lawyer met the girls and gave them a book.", "them", "girls"),
    Linked("The sisters shared a room until they moved.", "they", "sisters"),
    Linked("David phoned the teacher, but he got no answer.", "he", "david"),
)
"""To judge descriptions on."""
