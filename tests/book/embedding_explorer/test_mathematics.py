"""What the page computes in the browser's own engine, against NumPy, scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity

pytestmark = pytest.mark.slow
OPEN = """
globalThis.arrival ??= new data.Data(given.files);
await arrival.load(() => {});
const words = new vectors.Words(arrival.contents);
const rows = (names) => names.map((name) => words.rowOf(name));
const told = (found) => found.map(({row, cosine}) => [words.names[row], cosine]);
"""


@pytest.fixture(scope="module")
def ask(calculate, files):
    """Runs JavaScript over the page's words, which are `words`."""

    def asked(body, given=None, modules=""):
        names = f"vectors shared/data questions {modules}"
        return calculate(names, OPEN + body, {"files": files, "asked": given})

    return asked


def ranked(words, cosines, count=10, but=()):
    order = [place for place in np.argsort(-cosines, kind="stable") if words[place] not in but]
    return [(words[place], cosines[place]) for place in order[:count]]


def assert_same(found, expected):
    assert [word for word, _ in found] == [word for word, _ in expected]
    np.testing.assert_allclose([each for _, each in found], [each for _, each in expected], atol=1e-9)


def test_neighbors_are_those_of_numpy(ask, words, directions):
    some = [*words[::131], "river", "bank", "Paris"]
    found = ask(
        "return given.asked.map((word) => told(questions.neighborsOf(words, rows([word])[0]).nearest));", some
    )
    assert len(some) > 40
    for word, near in zip(some, found, strict=True):
        cosines = directions @ directions[words.index(word)]
        assert_same(near, ranked(words, cosines, but=[word]))


SUMS = [
    [("king", 1), ("man", -1), ("woman", 1)],
    [("Paris", 1), ("France", -1), ("Germany", 1)],
    [("doctor", 1), ("man", -1), ("woman", 1)],
    [("red", 1), ("wine", 1), ("bread", 1), ("fish", -1), ("wine", 1)],
    [("good", -1)],
]


@pytest.mark.parametrize("summands", SUMS)
def test_sums_are_those_of_numpy_with_the_given_words_and_without(ask, words, directions, summands):
    found = ask(
        """
        const {allowed, leftOut} = questions.sumOf(
            words, given.asked.map(([word, sign]) => ({row: words.rowOf(word), sign})));
        return [told(allowed), told(leftOut)];
        """,
        summands,
    )
    vector = sum(sign * directions[words.index(word)] for word, sign in summands)
    cosines = cosine_similarity(vector[None], directions)[0]
    assert_same(found[0], ranked(words, cosines))
    assert_same(found[1], ranked(words, cosines, but=[word for word, _ in summands]))


def test_words_that_cancel_each_other_have_no_neighbors(ask):
    body = "const [row] = rows(['king']); return questions.sumOf(words, [{row, sign: 1}, {row, sign: -1}]);"
    assert ask(body) is None


@pytest.mark.parametrize(
    ("start", "end"), [(["she"], ["he"]), (["bad", "terrible", "horrible"], ["good", "great"])]
)
def test_places_along_an_axis_are_those_of_numpy(ask, words, directions, start, end):
    along = ["nurse", "soldier", "war", "gift", "Monday"]
    found = ask(
        """
        const [from, to, along] = given.asked.map(rows);
        const {placed, ends} = questions.axisOf(words, {from, to, along});
        return [told(placed), ...ends.map(told)];
        """,
        [start, end, along],
    )
    first, last = (directions[[words.index(word) for word in pole]].mean(axis=0) for pole in (start, end))
    cosines = directions @ (last - first) / np.linalg.norm(last - first)
    expected = sorted(((word, cosines[words.index(word)]) for word in along), key=lambda pair: pair[1])
    assert_same(found[0], expected)
    assert_same(found[1], ranked(words, -cosines, 5, but=[*start, *end]))
    assert_same(found[2], ranked(words, cosines, 5, but=[*start, *end]))


def up_to_sign(found, expected):
    """Turn each direction so that it points as the expected one."""
    found = np.array(found)
    return found * np.sign((found * expected).sum(axis=0))


@pytest.mark.parametrize("count", [4, 11, 31, 42])
def test_the_components_of_a_few_words_are_those_of_scikit_learn(ask, words, directions, count):
    some = words[300 :: 4700 // count][:count]
    found = ask(
        """
        const points = rows(given.asked).map((row) => words.direction(row));
        const spread = pca.components(points, 3);
        return [points.map((point) => pca.placeOf(spread, point)), spread.shares];
        """,
        some,
        "pca",
    )
    fitted = PCA(3, svd_solver="full").fit(points := directions[[words.index(word) for word in some]])
    places = fitted.transform(points)
    np.testing.assert_allclose(up_to_sign(found[0], places), places, atol=1e-7)
    np.testing.assert_allclose(found[1], fitted.explained_variance_ratio_, atol=1e-9)


def test_the_components_of_all_words_are_those_of_scikit_learn(ask, words, directions):
    found = ask(
        """
        const all = new scenes.Scenes(words, arrival.contents.tensors);
        const {cloud, share} = all.of({shown: [], arrows: []}, true);
        return [cloud, share];
        """,
        modules="scenes",
    )
    fitted = PCA(3, svd_solver="full").fit(directions)
    places = fitted.transform(directions)
    np.testing.assert_allclose(up_to_sign(found[0], places), places, atol=1e-5)
    assert found[1] == pytest.approx(fitted.explained_variance_ratio_.sum(), abs=1e-6)


@pytest.mark.parametrize("points", [[[1, 2, 3]], [[1, 0, 0], [0, 0, 2]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]]])
def test_few_or_equal_points_have_fewer_directions(calculate, points):
    axes, shares, places = calculate(
        "pca",
        """
        const points = given.map((each) => Float64Array.from(each));
        const spread = pca.components(points, 3);
        const places = points.map((each) => pca.placeOf(spread, each));
        return [spread.axes.map((axis) => [...axis]), spread.shares, places];
        """,
        points,
    )
    rank = np.linalg.matrix_rank(np.array(points) - np.mean(points, axis=0))
    assert [bool(np.linalg.norm(axis)) for axis in axes] == [place < rank for place in range(3)]
    assert np.isfinite(places).all()
    apart = np.linalg.norm(np.array(points[0]) - points[-1])
    assert np.linalg.norm(np.array(places[0]) - places[-1]) == pytest.approx(apart)
    assert sum(shares) == pytest.approx(float(rank > 0))


@pytest.mark.parametrize(
    ("first", "second", "letters"),
    [
        ("kign", "king", 1),
        ("gren", "green", 1),
        ("kitten", "sitting", 3),
        ("", "abc", 3),
        ("same", "same", 0),
    ],
)
def test_the_distance_of_spellings_counts_letters(calculate, first, second, letters):
    both = calculate(
        "spelling",
        "return [spelling.distance(...given), spelling.distance(given[1], given[0])];",
        [first, second],
    )
    assert both == [letters, letters]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("kign", "king"),
        ("pariss", "Paris"),
        ("QUEEN", "queen"),
        ("doktor", "doctor"),
        ("Yerevan", None),
        ("x", None),
    ],
)
def test_the_nearest_spelling_of_an_unknown_word(ask, text, nearest):
    assert ask("return spelling.nearestSpelling(words.names, given.asked);", text, "spelling") == nearest


def test_words_are_offered_by_frequency_and_a_whole_one_first(ask, words):
    begun = "return spelling.completions(words.names, given.asked, 8);"
    expected = [word for word in words if word.lower().startswith("ri")][:8]
    assert ask(begun, "ri", "spelling") == expected
    assert ask(begun, "Car", "spelling")[0] == "car"
    assert ask(begun, "", "spelling") == []


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("king − man + woman", ["+king", "-man", "+woman"]),
        ("king-man+woman", ["+king", "-man", "+woman"]),
        ("– bad, good;  great -", ["-bad", "+good", "+great"]),
        ("  ", []),
    ],
)
def test_a_sum_is_read_however_it_is_written(calculate, text, signed):
    body = "return sums.termsOf(given).map(({text, sign}) => (sign < 0 ? '-' : '+') + text);"
    assert calculate("sums", body, text) == signed


def test_all_words_of_the_examples_are_there(ask):
    missing = ask(
        """
        const {WORDS, SUMS, AXES} = examples;
        const all = [...WORDS, ...SUMS.flatMap((text) => sums.termsOf(text).map(({text}) => text)),
            ...Object.values(AXES).flatMap(({from, to, along}) => [...from, ...to, ...along])];
        return [all.length, all.filter((name) => words.names[words.rowOf(name)] !== name)];
        """,
        modules="examples sums",
    )
    assert missing[0] > 80
    assert missing[1] == []
