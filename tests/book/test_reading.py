"""What a page says it takes to read is what is on it, counted by hand here."""

from collections import Counter

import pytest
from academy_book import reading

HEAD = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n"
PAGE = """
# A lesson

Five words stand here, five.

```{code-cell} ipython3
:tags: [hide-cell]
import torch
import numpy
```

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-line
    caption: Three words below.
---
x = 1

y = 2
```

$$
y = x^2
$$

:::{note}
:class: wide
Two words.
:::

:::{dropdown} A derivation
It is folded.

$$
y = x
$$
:::

:::{admonition} Folded too
:class: dropdown
Words.
:::

(more)=
{.in-depth}
## In depth

One two three.

### Below it

```{code-cell} ipython3
z = 3
```

## In short

Four words of claims.

## Test yourself

**1. Which one?**

:::{dropdown} A. This
Yes.
:::
:::{dropdown} B. That
No.
:::

## Exercises

```{exercise} Double it
:label: ex-double
Do so.
```

```{solution-start} ex-double
:class: dropdown
```

Like this.

```{code-cell} ipython3
2 * x
```

```{solution-end}
```

## Further reading

A book.
"""
ON_THE_CORE_PATH = """
A lesson Five words stand here, five. Three words below. Two words. In short Four words of claims.
"""
BESIDE_IT = """
A derivation It is folded. Folded too Words. In depth One two three. Below it
Test yourself **1. Which one?** A. This Yes. B. That No.
Exercises Double it Do so. Like this. Further reading A book.
"""


def test_the_core_path_is_told_from_what_is_beside_it():
    core, whole = reading.efforts(HEAD + PAGE)
    words, others = len(ON_THE_CORE_PATH.split()), len(BESIDE_IT.split())
    assert core == Counter(words=words, lines=2, formulas=1)
    assert whole == Counter(words=words + others, lines=3, formulas=2, questions=2)


def test_a_lesson_takes_as_long_as_it_took_a_student():
    assert reading.minutes(Counter(words=10_000, lines=300, formulas=15, questions=20)) == 180
    assert reading.minutes(Counter(words=1)) == 5


@pytest.mark.parametrize(
    ("minutes", "spoken"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (125, "2 h 5 min"), (180, "3 h")]
)
def test_a_time_is_written_as_it_is_said(minutes, spoken):
    assert reading.spoken(minutes) == spoken
