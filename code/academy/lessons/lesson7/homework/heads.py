"""Task 7: three heads, searched for among all of an encoder."""

from collections.abc import Iterator, Mapping
from typing import Any

import torch

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.chances import NEAR, number_mistake
from academy.lessons.lesson7.homework.looking import examples_of, hits_of, look
from academy.lessons.lesson7.homework.pretrained import Models
from academy.lessons.lesson7.homework.pronouns import GIVEN, UNSEEN

NAMES = ("before", "separator", "pronoun")


def finds(hits: Any, heads: Any, chosen: Any, models: Models) -> Iterator[Finding]:
    """Count looks in examples of the check's own, then search again where the student did."""
    found = (
        next(form_mistakes(heads, chosen), None)
        or next(place_mistakes(heads, models), None)
        or next(hits_mistakes(hits, models), None)
    )
    if found:
        yield found
        return
    yield right("a share for each head of each layer")
    for name in NAMES:
        shares = hits_of(
            models.encoder,
            models.encoder_tokens,
            examples_of(models.encoder, models.encoder_tokens, name, GIVEN),
        )
        layer, head = map(int, heads[name])
        share, best = shares[layer, head].item(), shares.max().item()
        if share < best - NEAR:
            where = divmod(int(shares.argmax()), shares.shape[1])
            yield wrong(
                f"`heads[{name!r}]` is {layer, head}, with {share:.0%}; {where} has {best:.0%} there.",
                look_for_head(shares, layer, head, best),
            )
            return
        if mistake := number_mistake(
            f"chosen[{name!r}]", chosen[name], share, "the share of that head on `GIVEN`"
        ):
            yield mistake
            return
        yield right(f"{name}: {layer, head}, {share:.0%} where it was chosen")


def look_for_head(shares: torch.Tensor, layer: int, head: int, best: float) -> str:
    """Say which slip gives another head."""
    if layer > 0 and head > 0 and shares[layer - 1, head - 1] >= best - NEAR:
        return "count layers and heads from 0 here."
    if head < shares.shape[0] and layer < shares.shape[1] and shares[head, layer] >= best - NEAR:
        return "first the layer, then the head."
    return (
        "the head with the largest share on all of `GIVEN`: `divmod(int(shares.argmax()), shares.shape[1])`."
    )


def form_mistakes(heads: Any, chosen: Any) -> Iterator[Finding]:
    """Say what keeps two dicts from naming three heads and their shares."""
    for name, value in (("heads", heads), ("chosen", chosen)):
        if not isinstance(value, Mapping) or any(each not in value for each in NAMES):
            yield wrong(f"`{name}` is no dict with {', '.join(NAMES)}.", "one entry for each of the three.")
            return
    for name in NAMES:
        place = numbers_in(heads[name])
        if place is None or len(place) != 2 or not all(number.is_integer() for number in place):
            yield wrong(
                f"`heads[{name!r}]` is {heads[name]!r}.", "a layer and a head, counted from 0: `(0, 3)`."
            )
            return


def place_mistakes(heads: Mapping[str, Any], models: Models) -> Iterator[Finding]:
    """Say which head there is not."""
    layers, each = models.encoder.config.num_hidden_layers, models.encoder.config.num_attention_heads
    for name in NAMES:
        layer, head = map(int, heads[name])
        if not (0 <= layer < layers and 0 <= head < each):
            yield wrong(
                f"There is no head {layer, head}: {layers} layers of {each} heads.",
                "both counted from 0, as places in the tensor of shares.",
            )


def hits_mistakes(hits: Any, models: Models) -> Iterator[Finding]:
    """Say where the shares of examples that nobody has seen are others."""
    encoder, tokens = models.encoder, models.encoder_tokens
    examples = examples_of(encoder, tokens, "before", UNSEEN[:2])[:9] + examples_of(
        encoder, tokens, "pronoun", UNSEEN
    )
    with calling("hits(examples)"):
        given = hits(list(examples))
    if given is None or given is ...:
        yield wrong("`hits` returns nothing.", "end it with `return` and a tensor, shape (layers, heads).")
        return
    try:
        shares = torch.as_tensor(given).double()
    except (TypeError, ValueError, RuntimeError):
        yield wrong(f"`hits` gives a {type(given).__name__}.", "a tensor of shape (layers, heads).")
        return
    expected = hits_of(encoder, tokens, examples)
    if shares.shape != expected.shape:
        yield wrong(
            f"`hits` has shape {tuple(shares.shape)}, not {tuple(expected.shape)}.",
            "a share for each layer and head.",
        )
    elif not torch.allclose(shares, expected, atol=NEAR):
        yield wrong(
            f"In {len(examples)} other examples `hits` is off by {(shares - expected).abs().max():.2f}.",
            look_for_hits(models, examples, shares, expected),
        )


@torch.no_grad()
def look_for_hits(
    models: Models, examples: list[tuple[str, int, int]], shares: torch.Tensor, expected: torch.Tensor
) -> str:
    """Say which slip gives these shares."""
    turned = []
    for text, place, target in examples:
        turned.append(look(models.encoder, models.encoder_tokens, text).most[:, :, target] == place)
    if torch.allclose(shares, expected * len(examples), atol=NEAR):
        return "these are counts: divide by the number of examples."
    if torch.allclose(shares, torch.stack(turned).double().mean(dim=0), atol=NEAR):
        return "from `place` at `target`: the second last axis of attention looks, the last is looked at."
    if (shares > 0).all():
        return (
            "that may be mean attention: count an example where it looks at that place **most**, by `argmax`."
        )
    return "the share of examples in which `attention(text)[layer, head, place]` is largest at `target`."
