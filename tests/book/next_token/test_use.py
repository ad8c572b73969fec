"""Writing and reading as a reader does it: by pointer, finger and keys, in both themes, shared by a link."""

import math
import re

import pytest
import torch
from academy.lessons.lesson7.novels import austen_byte_pairs, tokens_of
from academy.lessons.lesson7.writing import written
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from next_token_page import before, left, lesson_net, logits_after, surprise_at
from playwright.sync_api import Page, expect
from sfc32 import Random

pytestmark = pytest.mark.slow
BEGINNING = "Captain Wentworth was"
LONG = "She was glad to see him, and he was glad to see her. " * 18


def status(page: Page):
    return page.locator(".said")


def press(page: Page, name: str):
    page.get_by_role("button", name=name, exact=True).click()


def state(page: Page) -> dict[str, str]:
    """The settings that the link tells."""
    link = page.get_by_label("Link to this state").input_value().partition("?")[2]
    return dict(part.split("=") for part in link.split("&") if part)


def added(page: Page) -> list[int]:
    """The tokens that came after the beginning."""
    return [int(token) for token in state(page).get("added", "").split(",") if token]


def choose(page: Page, name: str, value: str):
    field = page.get_by_label(name, exact=True)
    field.fill(value)
    field.blur()


def likely(page: Page) -> list[tuple[str, str]]:
    """What the net gives the ten likeliest tokens, and what each is drawn with."""
    shares = page.locator(".candidate .share").all_inner_texts()
    return list(zip(shares[::2], shares[1::2]))


def drawn_by_python(text: str, count: int, seed: int, way: tuple[float, int, float]) -> list[int]:
    """Draw tokens as the page does, from PyTorch's probabilities."""
    ids, found = tokens_of(text).tolist(), []
    for place in range(count):
        shares = left(logits_after(ids + found), *way).cumsum(dim=0)
        found.append(int(torch.searchsorted(shares, Random(seed, "next token", place).next(), right=True)))
    return found


def test_nothing_comes_before_the_first_action_and_its_size_is_named(visit):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.get_by_text(re.compile(r"come with your first step: \d\.\d MB, once"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"^1\.\d MB are the network"))).to_be_visible()
    expect(page.locator(".candidate").first).to_be_disabled()
    press(page, "It reads a text of yours")
    press(page, "It goes on with a text")
    page.get_by_label("A beginning in English").focus()
    page.wait_for_load_state("networkidle")
    assert asked == []
    press(page, "Step")
    expect(status(page)).to_contain_text("is drawn; its chance was")
    assert len([url for url in asked if "/models/" in url]) == 3


def test_what_may_come_is_what_pytorch_says_and_cuts_are_shown(visit):
    page = visit()
    page.get_by_role("button", name=re.compile("^Fetch the network")).click()
    expect(page.locator(".candidate").first).to_be_enabled()
    probabilities = logits_after(tokens_of(BEGINNING).tolist()).softmax(dim=0)
    values, best = probabilities.topk(10)
    assert likely(page) == [(f"{100 * value:.1f}%",) * 2 for value in values.tolist()]
    names = [austen_byte_pairs().decode([token]).replace(" ", "␣") for token in best.tolist()]
    assert page.locator(".candidate .name").all_inner_texts() == names
    choose(page, "Temperature", "0.5")
    choose(page, "Top-k", "4")
    choose(page, "Top-p", "0.8")
    expect(page.locator(".candidate.cut")).to_have_count(7)
    shares = left(logits_after(tokens_of(BEGINNING).tolist()), 0.5, 4, 0.8)[best]
    shown = [drawn for _, drawn in likely(page)]
    assert shown == [f"{100 * share:.0f}%" if share > 0 else "cut" for share in shares.tolist()]
    expect(page.get_by_text("3 of 1,024 tokens may come.")).to_be_visible()
    expect(page.locator(".candidate").nth(5)).to_have_accessible_name(re.compile(": by the net 3.0%, cut$"))


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("Temperature", "0", "for the likeliest token take top-k 1"),
        ("Top-k", "0", "top-k keeps 1 to 1,024 tokens"),
        ("Top-p", "0", "A share of 0 would leave no token"),
        ("Top-p", "1.5", "top-p lies between 0.01 and 1"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_with_the_reason(visit, name, value, reason):
    page = visit("temperature=0.8&k=12&p=0.9")
    field = page.get_by_label(name, exact=True)
    usual = field.input_value()
    choose(page, name, value)
    expect(status(page)).to_contain_text(re.compile(reason))
    expect(field).to_have_value(usual)


@pytest.mark.parametrize("settings", ["k=1", "temperature=0.01"])
def test_top_k_1_and_a_temperature_near_0_write_the_likeliest_tokens(visit, settings):
    page = visit(f"{settings}&seed=5")
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    start = torch.tensor([before(), *tokens_of(BEGINNING).tolist()])
    greedy = written(lesson_net().gpt, start, 40, lambda logits: logits.argmax(dim=-1))
    assert added(page) == greedy[len(start) :].tolist()


def test_one_seed_writes_one_text_which_pytorch_would_draw_as_well_and_another_writes_another(visit):
    page = visit("temperature=0.8&k=50&p=0.9&seed=3")
    for _ in range(3):
        press(page, "Step")
    expect(page.locator(".drawn")).not_to_be_empty()
    page.wait_for_function("document.querySelector('.said').textContent.includes('is drawn')")
    expect(page.get_by_text("By the net: 3 tokens")).to_be_visible()
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    first = added(page)
    assert first == drawn_by_python(BEGINNING, 43, 3, (0.8, 50, 0.9))
    press(page, "Again, other seed")
    expect(status(page)).to_have_text("It is written.")
    assert state(page)["seed"] == "4"
    assert added(page) == drawn_by_python(BEGINNING, 43, 4, (0.8, 50, 0.9))
    press(page, "Undo")
    expect(status(page)).to_have_text("Undone.")
    assert added(page) == first
    press(page, "Undo")
    expect(page.get_by_text("By the net: 42 tokens")).to_be_visible()
    press(page, "Step")
    expect(page.get_by_text("By the net: 43 tokens")).to_be_visible()
    assert added(page) == first


def test_a_bar_is_taken_by_press_and_by_key_and_undone(visit):
    page = visit()
    page.get_by_role("button", name=re.compile("^Fetch the network")).click()
    bar = page.locator(".candidate").nth(2)
    expect(bar).to_have_accessible_name(re.compile("^“not” after a space: by the net 4.5%"))
    bar.click()
    expect(page.locator(".newest")).to_have_text(" not")
    expect(
        page.get_by_text(re.compile(r"^By the net: 1 token, log p = −3\.1, perplexity 22\.\d$"))
    ).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("By the net: 2 tokens")).to_be_visible()
    expect(bar).to_be_focused()
    press(page, "Undo")
    press(page, "Undo")
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    press(page, "Undo")
    expect(status(page)).to_have_text("There is nothing to undo.")


def test_branches_from_one_point_stand_beside_each_other_with_their_likelihood(visit):
    page = visit()
    kept = []
    for seed in (1, 2, 3, 4):
        press(page, "Again, other seed" if seed > 1 else "Step")
        if seed == 1:
            expect(page.get_by_text("By the net: 1 token,")).to_be_visible()
            for count in (2, 3):
                press(page, "Step")
                expect(page.get_by_text(f"By the net: {count} tokens")).to_be_visible()
        else:
            expect(status(page)).to_have_text("It is written.")
        press(page, "Branch")
        expect(status(page)).to_contain_text(f"Branch {'ABCD'[seed - 1]} is kept")
        kept.append(added(page))
    for place, ids in enumerate(kept):
        bits = surprise_at([*tokens_of(BEGINNING).tolist(), *ids])[-3:]
        logarithm, perplexity = math.log(2) * sum(bits), 2 ** (sum(bits) / 3)
        text = page.locator(".branches li").nth(place).inner_text()
        found = re.search(r"3 tokens, log p = −([\d.]+), perplexity ([\d.,]+)", text)
        assert float(found[1]) == pytest.approx(logarithm, abs=0.051)
        assert float(found[2].replace(",", "")) == pytest.approx(perplexity, abs=0.06, rel=1e-3)
        assert austen_byte_pairs().decode(ids).strip() in text
    press(page, "Branch")
    expect(status(page)).to_have_text("That is branch D already.")
    press(page, "Step")
    expect(page.get_by_text("By the net: 4 tokens")).to_be_visible()
    press(page, "Branch")
    expect(status(page)).to_have_text("4 branches are kept. Remove one first.")
    press(page, "Remove branch B")
    expect(page.locator(".branches li")).to_have_count(3)
    press(page, "Go on with branch A")
    expect(status(page)).to_have_text("The branch is the present text.")
    assert added(page) == kept[0]
    expect(page.get_by_text(": the lowest perplexity")).to_have_count(1)


def test_writing_can_be_stopped_and_what_is_there_stays(visit):
    page = visit()
    page.evaluate(
        """() => {
            const buttons = () => [...document.querySelectorAll(".next-token button")];
            const find = (text) => buttons().find((each) => each.textContent === text);
            const stop = (_, observer) => {
                observer.disconnect();
                find("Stop").click();
            };
            new MutationObserver(stop).observe(document.querySelector(".passage"), {childList: true});
            find("Write 40").click();
        }"""
    )
    expect(status(page)).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Write 40")).to_be_visible()
    expect(page.get_by_text("By the net: 1 token,")).to_be_visible()
    assert len(added(page)) == 1


def test_who_asks_for_little_motion_sees_the_whole_text_at_once(visit):
    page = visit(reduced_motion="reduce")
    page.evaluate(
        """() => {
            window.lengths = new Set();
            const text = document.querySelector(".passage");
            new MutationObserver(() => lengths.add(text.textContent.length)).observe(text, {childList: true});
        }"""
    )
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    assert len(added(page)) == 40
    assert page.evaluate("lengths.size") == 1


def test_an_empty_beginning_is_a_new_paragraph_and_a_long_one_is_seen_to_its_last_tokens(visit):
    page = visit()
    press(page, "nothing: a new paragraph")
    expect(page.locator(".candidate").first).to_have_accessible_name(re.compile('^“"”: by the net 65%'))
    page.get_by_label("A beginning in English").fill(LONG)
    count = 1 + len(tokens_of(LONG.strip() + " "))
    expect(page.get_by_text(f"The net sees the last 128 of {count} tokens.")).to_be_visible()
    expect(page.get_by_text("ends with a space")).to_be_visible()
    share = logits_after(tokens_of(LONG).tolist()).softmax(dim=0).max().item()
    expect(page.locator(".candidate .share").first).to_have_text(
        f"{100 * share:.{0 if share > 0.1 else 1}f}%"
    )


def test_its_surprise_at_a_text_is_told_token_by_token_and_as_a_mean(visit):
    page = visit("task=read")
    text = "The weather is fine."
    page.get_by_label("A text of your own, in English").fill(text)
    expect(page.get_by_role("option")).to_have_count(len(tokens_of(text)))
    bits = surprise_at(tokens_of(text).tolist())
    mean = sum(bits) / len(bits)
    expect(status(page)).to_have_text(f"{len(bits)} tokens: {mean:.2f} bits a token on average.")
    assert page.locator("tbody tr").all_inner_texts() == [
        f"Your text\t{mean:.2f}\t{2**mean:.0f}\t{sum(bits) / len(text):.2f}",
        "Northanger Abbey, its validation\t4.93\t30\t1.75",
    ]
    strip = page.get_by_role("listbox")
    strip.focus()
    said = page.locator(".detail")
    for place in (0, 1, 2):
        expect(said).to_contain_text(f": {bits[place]:.1f} bits, probability ")
        expect(page.get_by_role("option").nth(place)).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(said).to_contain_text(f"“.”: {bits[-1]:.1f} bits")
    page.keyboard.press("Home")
    expect(said).to_contain_text(f"{bits[0]:.1f} bits")
    page.keyboard.press("Tab")
    expect(strip).not_to_be_focused()
    page.get_by_role("option").nth(3).hover()
    expect(said).to_contain_text(f"{bits[3]:.1f} bits")


def test_of_a_text_without_letters_or_with_strange_ones_it_says_so(visit):
    page = visit("task=read")
    field = page.get_by_label("A text of your own, in English")
    field.fill("")
    expect(status(page)).to_have_text("There is nothing to read yet: type something.")
    expect(page.get_by_role("option")).to_have_count(0)
    field.fill("It’s 1999 🙂")
    expect(page.get_by_text("Left out, for the net has never read it: 9, 🙂.")).to_be_visible()
    expect(page.get_by_text("Replaced, as the novels write it: ’ by '.")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(len(tokens_of("It's 1 ")))


def test_a_network_that_arrives_damaged_is_named_the_text_stays_and_the_next_try_works(visit):
    page = visit()
    page.route("**/models/model.*", lambda route: route.fulfill(body=b"\x1f\x8b damaged"), times=1)
    page.get_by_label("A beginning in English").fill("Mr. Darcy")
    expect(status(page)).to_have_text("The network did not arrive. Press “Try again”.")
    expect(page.get_by_label("A beginning in English")).to_have_value("Mr. Darcy")
    press(page, "Try again")
    expect(page.locator(".candidate").first).to_be_enabled()


def test_a_link_brings_texts_and_settings_back(visit):
    page = visit("temperature=0.7&p=0.95")
    page.get_by_label("A beginning in English").fill("“Oh!” said she; & was it? 50")
    press(page, "Write 40")
    expect(status(page)).to_have_text("It is written.")
    link = page.get_by_label("Link to this state").input_value().partition("?")[2]
    again = visit(link)
    for each in (page, again):
        expect(each.get_by_label("A beginning in English")).to_have_value("“Oh!” said she; & was it? 50")
        expect(each.get_by_label("Top-p", exact=True)).to_have_value("0.95")
    assert again.locator(".passage").inner_text() == page.locator(".passage").inner_text()
    assert state(again) == state(page)


def test_a_link_on_the_page_is_an_action_and_what_was_written_can_be_had_back(visit):
    page = visit()
    page.get_by_label("A beginning in English").fill("Emma")
    press(page, "Step")
    expect(page.get_by_text("By the net: 1 token,")).to_be_visible()
    was = state(page)
    page.evaluate("location.hash = 'next-token?temperature=2'")
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    assert state(page) == {"temperature": "2"}
    press(page, "Undo")
    expect(page.get_by_text("By the net: 1 token,")).to_be_visible()
    assert state(page) == was | {"temperature": "2"}


def test_a_bad_link_is_named_and_harms_nothing(visit):
    page = visit("p=0&wey=1")
    expect(status(page)).to_have_text(
        "The link says something about p that cannot be read; the usual is taken. "
        "The link names wey, which the figure does not know; it may be cut off or misspelled."
    )
    expect(page.get_by_label("Top-p", exact=True)).to_have_value("1")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_fingers_find_all(visit, theme, width):
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900}, has_touch=width < 1000)
    page.get_by_label("Top-k", exact=True).fill("3")
    press(page, "Step")
    expect(status(page)).to_contain_text("is drawn")
    press(page, "Branch")
    expect(page.locator(".branches li")).to_have_count(1)
    for task in ("It goes on with a text", "It reads a text of yours"):
        press(page, task)
        if task.startswith("It reads"):
            expect(page.get_by_role("option").first).to_be_visible()
        result = Axe().run(page, context=".next-token")
        assert result.violations_count == 0, result.generate_report()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert small_targets(page, ".next-token") == []
