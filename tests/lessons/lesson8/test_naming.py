"""Names for pictures: the LSTM against steps by hand, the nearest picture, scores, and what is recorded."""

import pytest
import torch
from academy.data.emoji import STYLES
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.concepts import concept_of, concept_split
from academy.lessons.lesson8.kept_weights import file_of, with_weights
from academy.lessons.lesson8.name_decoder import END, NameDecoder, words_of
from academy.lessons.lesson8.name_scores import exact, meaning, word_f1
from academy.lessons.lesson8.naming import NamedPictures, Training, fitted, nearest_names, said
from academy.lessons.lesson8.naming_runs import questions, to_learn, unknown_words
from sites import ROOT
from torch.nn import functional as F

NAMES = ("red apple", "green apple", "green frog", "sun")


@pytest.fixture
def decoder():
    seed_everything(0)
    return NameDecoder(words_of(NAMES), features=8, width=6, dropout=0.0).eval()


@pytest.fixture
def pictures():
    vectors = torch.randn(4, 8, generator=torch.Generator().manual_seed(0))
    return NamedPictures(F.normalize(vectors, dim=1), NAMES)


def test_logits_are_those_of_one_step_after_the_other(decoder, pictures):
    numbers = decoder.numbers(NAMES[:2])
    logits = decoder(pictures.vectors[:2], numbers[:, :-1])
    assert logits.shape == (2, 3, 6)
    cell = torch.nn.LSTMCell(6, 6)
    cell.load_state_dict({name.removesuffix("_l0"): each for name, each in decoder.lstm.state_dict().items()})
    step, state = decoder.picture(pictures.vectors[:2] * 8**0.5), None
    for place in range(3):
        state = cell(step, state)
        expected = state[0] @ decoder.table.weight.T + decoder.bias
        torch.testing.assert_close(logits[:, place], expected)
        step = decoder.table(numbers[:, place])


def test_a_loss_is_the_mean_over_words_and_ends(decoder, pictures):
    by_hand = []
    for vector, name in zip(pictures.vectors, NAMES):
        words = [*name.split(), END]
        numbers = torch.tensor([[decoder.number_of[word] for word in words]])
        logits = decoder(vector[None], numbers[:, :-1])
        by_hand += [-logits[0, place].log_softmax(0)[number] for place, number in enumerate(numbers[0])]
    torch.testing.assert_close(decoder.loss(pictures.vectors, NAMES), torch.stack(by_hand).mean())


def test_a_name_ends_before_its_end():
    decoder = NameDecoder(words_of(NAMES))
    red, apple = decoder.number_of["red"], decoder.number_of["apple"]
    assert decoder.words == (END, "apple", "frog", "green", "red", "sun")
    assert decoder.until_end([red, apple, 0, red]) == "red apple"
    assert decoder.until_end([red, apple]) == "red apple"
    assert decoder.until_end([0, red]) == ""


def test_twenty_names_are_learned_by_heart():
    emoji = concept_split().train[:: len(concept_split().train) // 20][:20]
    names = tuple(each.name for each in emoji)
    vectors = F.normalize(torch.randn(20, 32, generator=torch.Generator().manual_seed(0)), dim=1)
    seed_everything(0)
    decoder = NameDecoder(words_of(names), features=32, width=32, dropout=0.0)
    losses = fitted(decoder, NamedPictures(vectors, names), Training(1e-2, 200, 20))
    assert losses[-1] < 0.05 < losses[0]
    assert said(decoder, vectors) == list(names)


def test_the_nearest_picture_gives_its_name(pictures):
    asked = torch.stack([pictures.vectors[2] * 3 + 0.1, pictures.vectors[0]])
    assert nearest_names(asked, pictures) == ["green frog", "red apple"]


def test_scores_by_hand():
    spoken = ["red apple", "apple", "red red apple", "frog"]
    true = ["red apple", "red apple", "red apple", "red apple"]
    assert exact(spoken, true).tolist() == [1, 0, 0, 0]
    assert word_f1(spoken, true).tolist() == pytest.approx([1, 2 / 3, 4 / 5, 0])
    with pytest.raises(ValueError, match="shorter"):
        word_f1(["one"], [])


@pytest.mark.slow
def test_meaning_is_nearer_for_a_synonym():
    same, near, far = meaning(["car", "automobile", "spoon"], ["car", "car", "car"]).tolist()
    assert same == pytest.approx(1, abs=1e-5)
    assert near > 0.7 > 0.5 > far


def test_no_concept_to_name_was_learned():
    learned = {concept_of(name) for name in to_learn().names}
    asked = questions()
    assert not learned & {concept_of(each.name) for each in asked["new"].emoji}
    assert {each.name for each in asked["known in a new style"].emoji} <= set(to_learn().names)
    assert {len(question.emoji) for question in asked.values()} == {200}
    assert set(asked["new"].styles) | set(asked["new in a new style"].styles) == set(STYLES)
    assert unknown_words(["zzz", to_learn().names[0]])[:2] == [True, False]


def test_what_is_recorded_of_the_first_seed_comes_from_the_kept_weights():
    recorded = read_sweep("lessons/lesson8/naming")
    namer = with_weights(NameDecoder(words_of(to_learn().names)), "naming")
    assert file_of("naming").stat().st_size < 500_000
    for name, question in questions().items():
        (row,) = (row for row in recorded["rows"] if (row.get("seed"), row["pictures"]) == (0, name))
        vectors, names = question.pictures
        spoken = said(namer, vectors)
        assert exact(spoken, names).mean().item() == pytest.approx(row["exact"], abs=0.006)
        assert word_f1(spoken, names).mean().item() == pytest.approx(row["word_f1"], abs=0.006)
        nearest = word_f1(nearest_names(vectors, to_learn()), names).mean().item()
        (row,) = (
            row for row in recorded["rows"] if (row["method"], row["pictures"]) == ("nearest picture", name)
        )
        assert nearest == pytest.approx(row["word_f1"], abs=1e-3)


@pytest.mark.slow
def test_a_training_begins_as_the_recorded_one(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "lessons/8-clip")
    import train_naming

    recorded = read_sweep("lessons/lesson8/naming")["settings"]
    assert (recorded["steps"], recorded["dropout"]) == (train_naming.STEPS, train_naming.DROPOUT)
    _, losses = train_naming.trained(recorded["rate"], 0, steps=2)
    assert losses == pytest.approx(recorded["first_losses"], rel=1e-3)
