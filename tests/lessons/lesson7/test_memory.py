"""Rows whose letters are asked for, and how much the end of a sequence hangs on its beginning."""

import pytest
import torch
from academy.lessons.lesson7.copying import LETTERS, NETS, Remembering, remembered, rows, trained
from academy.lessons.lesson7.forgetting import gradient_norms, remembering
from academy.nets.recurrent import LSTM


def test_the_answer_is_the_letter_at_the_place_asked_for():
    torch.manual_seed(0)
    for question in ("first", "any"):
        drawn = rows(question, 50, 7)
        for row, place, answer in zip(drawn.letters.tolist(), drawn.places.tolist(), drawn.answers.tolist()):
            assert row[place] == answer
    assert drawn.places.unique().tolist() == list(range(7))
    assert rows("first", 50, 7).places.unique().tolist() == [0]


@pytest.mark.parametrize("kind", NETS)
def test_an_untrained_net_guesses(kind):
    torch.manual_seed(0)
    assert remembered(Remembering(kind), "any", 5) == pytest.approx(1 / LETTERS, abs=0.06)


def test_a_net_of_no_known_kind_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="'GRU': choose one of RNN, LSTM, attention"):
        Remembering("GRU")


@pytest.mark.slow
def test_after_a_short_training_an_lstm_remembers_a_short_row_and_an_rnn_part_of_it():
    lstm, rnn = (remembered(trained(kind, "first", 300, seed=0), "first", 3) for kind in ("LSTM", "RNN"))
    assert lstm > 0.95
    assert 1.5 / LETTERS < rnn < 0.9


def test_gradients_of_a_sum_over_time_are_the_same_at_each_step():
    torch.manual_seed(0)
    norms = gradient_norms(lambda inputs: inputs.cumsum(dim=1), torch.randn(4, 9, 5))
    torch.testing.assert_close(norms, norms[:1].expand(9))
    assert norms[0] > 0


def test_gradients_of_what_halves_at_each_step_halve_for_each_step_back():
    def halving(inputs):
        state, states = torch.zeros_like(inputs[:, 0]), []
        for step in inputs.unbind(1):
            state = state / 2 + step
            states.append(state)
        return torch.stack(states, dim=1)

    torch.manual_seed(0)
    norms = gradient_norms(halving, torch.randn(4, 9, 5))
    torch.testing.assert_close(norms[1:] / norms[:-1], torch.full((8,), 2.0))


def test_a_bias_of_the_forget_gates_is_what_opens_them():
    torch.manual_seed(0)
    inputs = torch.randn(2, 5, 3)
    net = LSTM(3, 4)
    before = net(inputs)[1]
    after = remembering(net, 50.0)(inputs)[1]
    torch.testing.assert_close(after.forget, torch.ones_like(after.forget))
    torch.testing.assert_close(after.input[:, 0], before.input[:, 0])
