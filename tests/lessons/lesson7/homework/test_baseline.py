"""Task 5: splits that leak, measures with a slip each, baselines that are others, and right ones."""

import pytest
import torch
from academy.lessons.lesson7.homework import things
from academy.lessons.lesson7.homework.baseline import ANSWERS
from academy.lessons.lesson7.homework.things import KINDS, dictionary, unseen
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupShuffleSplit
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.utils import shuffle


def split(meanings, shares=(0.6, 0.8)):
    order = meanings.unique()[torch.randperm(len(meanings.unique()))]
    parts = order.tensor_split([int(share * len(order)) for share in shares])
    return [shuffled(torch.isin(meanings, part).nonzero()[:, 0]) for part in parts]


def shuffled(rows):
    return rows[torch.randperm(len(rows))]


def by_scikit_learn(meanings):
    groups = meanings.numpy()
    rest, test = next(GroupShuffleSplit(1, test_size=0.2, random_state=0).split(groups, groups=groups))
    chosen = GroupShuffleSplit(1, test_size=0.25, random_state=0).split(rest, groups=groups[rest])
    train, validation = next(chosen)
    return shuffle(rest[train], random_state=0), rest[validation], test


def by_remainder(meanings):
    """In lists; a hash decides, and no random number. Entries of one meaning may stand together."""
    parts = ([], [], [])
    for row in sorted(range(len(meanings)), key=lambda row: int(meanings[row]) * 7919 % 997):
        place = int(meanings[row]) * 7919 % 10
        parts[0 if place < 6 else 1 if place < 8 else 2].append(row)
    return parts


def macro_f1(answers, truths):
    return f1_score(truths, answers, average="macro", labels=range(6), zero_division=0)


def by_precision_and_recall(answers, truths):
    scores = []
    for kind in range(6):
        hits = float(((answers == kind) & (truths == kind)).sum())
        precision = hits / max(float((answers == kind).sum()), 1)
        recall = hits / max(float((truths == kind).sum()), 1)
        scores.append(2 * precision * recall / (precision + recall) if hits else 0)
    return torch.tensor(scores).mean()


def counted_by(kind):
    return lambda texts, kinds: kind.fit(texts, kinds)


def tf_idf(texts, kinds):
    return make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000)).fit(texts, kinds)


def bayes(texts, kinds):
    return make_pipeline(CountVectorizer(), MultinomialNB()).fit(texts, kinds.numpy())


def pieces_of_words(texts, kinds):
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2)
    return make_pipeline(letters, LogisticRegression(C=10, max_iter=1000)).fit(texts, kinds)


def hashed(texts, kinds):
    return make_pipeline(HashingVectorizer(n_features=2**12), LogisticRegression(C=10, max_iter=1000)).fit(
        texts, kinds
    )


@pytest.fixture(scope="module")
def entries():
    return dictionary(60)


def answered(entries, split=split, macro_f1=macro_f1, fit=tf_idf):
    torch.manual_seed(0)
    train, validation, test = split(entries.meanings)

    def texts_of(rows):
        return [entries.texts[row] for row in rows]

    counted = fit(texts_of(train), entries.kinds[train])
    commonest = entries.kinds[train].mode().values
    return {
        "split": split,
        "macro_f1": macro_f1,
        "train": train,
        "validation": validation,
        "test": test,
        "frequent": (entries.kinds[test] == commonest).float().mean(),
        "counted": counted,
        "counted_right": counted.score(texts_of(test), entries.kinds[test]),
        "entries": entries,
    }


@pytest.mark.parametrize("split", [split, by_scikit_learn, by_remainder])
@pytest.mark.parametrize("macro_f1", [macro_f1, by_precision_and_recall])
@pytest.mark.parametrize("fit", [tf_idf, bayes, pieces_of_words, hashed])
def test_a_right_answer_written_differently_is_accepted(checked, entries, split, macro_f1, fit):
    found = checked(5, **answered(entries, split, macro_f1, fit))
    assert found.solved, str(found)


def by_row(meanings):
    order = torch.randperm(len(meanings))
    return order.tensor_split([int(0.6 * len(order)), int(0.8 * len(order))])


def unshuffled(meanings):
    parts = meanings.unique().tensor_split(
        [int(0.6 * len(meanings.unique())), int(0.8 * len(meanings.unique()))]
    )
    return [torch.isin(meanings, part).nonzero()[:, 0] for part in parts]


def meanings_themselves(meanings):
    return meanings.unique()[torch.randperm(len(meanings.unique()))].chunk(3)


def masks(meanings):
    different = meanings.unique()
    parts = different[torch.randperm(len(different))].tensor_split(
        [int(0.6 * len(different)), int(0.8 * len(different))]
    )
    return [torch.isin(meanings, part) for part in parts]


def by_name(given):
    """Fit on the names of kinds."""
    entries, rows = given["entries"], given["train"]
    names = [KINDS[kind] for kind in entries.kinds[rows]]
    return {"counted": tf_idf([entries.texts[row] for row in rows], names)}


def changed_f1(**settings):
    settings = {"average": "macro", "labels": range(6), "zero_division": 0} | settings
    return {"macro_f1": lambda answers, truths: f1_score(truths, answers, **settings)}


def by_hits(answers, truths):
    return (answers == truths).float().mean()


def with_nan(answers, truths):
    kinds = torch.arange(6)[:, None]
    said, true = answers == kinds, truths == kinds
    return (2 * (said & true).sum(dim=1) / (said.sum(dim=1) + true.sum(dim=1))).mean()


def fitted_on(*parts, fit=tf_idf):
    """Fit on rows of several parts, and say honestly how that fares."""

    def change(given):
        entries = given["entries"]
        rows = torch.cat([given[part] for part in parts])
        counted = fit([entries.texts[row] for row in rows], entries.kinds[rows])
        judged = given["test"]
        return {
            "counted": counted,
            "counted_right": counted.score([entries.texts[row] for row in judged], entries.kinds[judged]),
        }

    return change


WRONG = [
    (lambda given: {"split": lambda meanings: None}, "`split` returns nothing"),
    (lambda given: {"split": lambda meanings: split(meanings)[:2]}, "something else than three parts"),
    (lambda given: {"split": lambda meanings: [["a"]] * 3}, "no list of numbers"),
    (lambda given: {"split": by_row}, "meanings are in two parts"),
    (lambda given: {"split": unshuffled}, "from one end of the dictionary"),
    (lambda given: {"split": meanings_themselves}, "not numbers of meanings"),
    (lambda given: {"split": masks}, "row numbers, not `True` and `False`"),
    (lambda given: {"split": lambda meanings: split(meanings, (0.8, 0.9))}, "train has 8"),
    (lambda given: {"split": lambda meanings: [*split(meanings)[:2], []]}, "are in none"),
    (lambda given: {"macro_f1": lambda answers, truths: None}, "`macro_f1` returns nothing"),
    (lambda given: {"macro_f1": by_hits}, "that is the accuracy"),
    (lambda given: {"macro_f1": with_nan}, "0 / 0 is nan"),
    (lambda given: changed_f1(average="weighted"), "does not count more"),
    (lambda given: changed_f1(labels=None), "also those that come nowhere here"),
    (lambda given: changed_f1(average=None), "gives a ndarray"),
    (lambda given: {"macro_f1": lambda answers, truths: 0.3}, "then the mean over six"),
    (lambda given: {"train": given["entries"].texts}, "not all rows of `entries`"),
    (lambda given: {"train": torch.arange(400)}, "meanings are in two parts"),
    (lambda given: {"train": given["train"].sort().values}, "all of animal"),
    (lambda given: {"train": given["train"].sort().values}, "shuffle the rows of each part, too"),
    (fitted_on("train", "validation", "test"), "has it learned from `test`"),
    (fitted_on("train", "validation"), "words that no text of `train` has"),
    (fitted_on("test"), "words that no text of `train` has"),
    (fitted_on("train", "validation", "test", fit=hashed), "has it learned from `test`"),
    (lambda given: {"frequent": 0.9}, "of the kind that `train` has most"),
    (lambda given: {"frequent": 100 * given["frequent"]}, "that is a percentage"),
    (by_name, "not on their names"),
    (lambda given: {"counted": "tf-idf"}, "`counted` is a str"),
    (lambda given: {"counted": make_pipeline(TfidfVectorizer(), LogisticRegression())}, "NotFittedError"),
    (
        lambda given: {"counted": tf_idf(given["entries"].texts, given["entries"].kinds.flip(0))},
        "the texts and kinds of the same rows",
    ),
    (lambda given: {"counted_right": 0.99}, "that `counted` judges rightly"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, entries, change, helps):
    given = answered(entries)
    found = checked(5, **given | change(given))
    assert not found.solved
    assert helps in str(found)


def test_the_measure_of_its_first_answers_is_that_counted_by_hand():
    answers, truths = map(torch.tensor, ANSWERS[0])
    # By kind: 2·2/(3+2), 2·1/(1+2), 1, 1, 2·1/(1+2), 0
    assert macro_f1(answers, truths) == pytest.approx((4 / 5 + 2 / 3 + 1 + 1 + 2 / 3) / 6)


def test_nobody_gets_an_entry_that_only_the_check_has():
    everything = dictionary(10_000)
    assert not set(everything.texts) & set(unseen().texts)
    definitions = [text.partition(": ")[2] for text in everything.texts]
    assert not set(definitions) & {text.partition(": ")[2] for text in unseen().texts}
    assert unseen().kinds.bincount().tolist() == [40] * 6


def test_entries_of_one_meaning_have_one_definition_and_one_kind():
    entries = dictionary(60)
    told = {}
    for text, kind, meaning in zip(entries.texts, entries.kinds.tolist(), entries.meanings.tolist()):
        assert told.setdefault(meaning, (text.partition(": ")[2], kind)) == (text.partition(": ")[2], kind)
    assert len({definition for definition, _ in told.values()}) == len(told) == 6 * 60
    assert len(entries.texts) > 1.3 * len(told), "many stand under several words"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Aalst: a town in central Belgium", "location"),
        ("flute glass: a tall narrow wineglass", "artifact"),
    ],
)
def test_kinds_are_those_that_a_reader_expects(text, kind):
    known = {each for meaning in things.meanings()[kind] for each in meaning}
    assert text in known
    assert kind in KINDS
