"""Every page is light: little to load, from this site only, nothing moves, and the console stays empty."""

from visits import VARIANTS, Seen, told, variants

KIBIBYTES = 300
REQUESTS = 30
LAYOUT_SHIFT = 0.02


@variants(*VARIANTS)
def test_page_keeps_its_budget(seen: Seen, variant: str) -> None:
    broken = []
    for name, record in seen(variant).items():
        kibibytes, requests, shift = record["kibibytes"], len(record["requests"]), record["shift"]
        broken += [f"{name}: {kibibytes:.0f} KiB, at most {KIBIBYTES}"] * (kibibytes > KIBIBYTES)
        broken += [f"{name}: {requests} requests, at most {REQUESTS}"] * (requests > REQUESTS)
        broken += [f"{name}: asks {host}" for host in record["hosts"]]
        broken += [f"{name}: layout shift {shift:.3f}, at most {LAYOUT_SHIFT}"] * (shift > LAYOUT_SHIFT)
        broken += [f"{name}: console {text}" for text in record["complaints"]]
    assert not broken, "\n".join(broken)


@variants("wide-light")
def test_pictures_are_sized_and_come_when_needed(seen: Seen, variant: str) -> None:
    broken = told(seen(variant), "hasty pictures")
    assert not broken, "not sized, or below the fold and not lazy:\n" + "\n".join(broken)


@variants("wide-light")
def test_search_index_is_loaded_by_the_search_alone(seen: Seen, variant: str) -> None:
    asking = {
        name
        for name, record in seen(variant).items()
        if any("searchindex" in url for url in record["requests"])
    }
    assert asking == {"search.html"}
