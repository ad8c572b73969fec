"""What the run of a notebook left, read as a stranger's: the student's code could have written it."""

import json
from dataclasses import replace
from pathlib import Path

from academy.foreign import cleaned
from academy.homework.tasks import LONGEST, Finding, Homework, Result, wrong
from academy.sandbox.remains import NotRead, file_left

LARGEST = 3_000_000
"""Bytes of a file that is read."""
MOST = 100
"""Findings of a task, and problems of a notebook, that are read."""
PROBLEMS = "problems.json"
"""The worker writes it when it is through: sentences about the notebook as a whole."""


STARTED = "started"
"""The worker makes it when the notebook's first cell can run: whatever went wrong before is the grader's."""
SAID = "said.txt"
"""What the worker and the kernel have said to their standard error."""


def result_file(folder: Path, number: int) -> Path:
    """Name the file into which the check of a task writes its result."""
    return folder / f"{number}.json"


def unanswered(homework: Homework) -> list[Result]:
    """Return the results of a notebook of which no task could be checked."""
    nothing = wrong("It could not be checked.", "what the notebook as a whole ran into.")
    return [Result(number, title, [nothing]) for number, (title, _) in enumerate(homework.tasks, 1)]


def read_results(homework: Homework, folder: Path) -> tuple[list[Result], list[str]]:
    """Read what the checks wrote.

    Args:
        homework: What the notebook answers.
        folder: Where they wrote.

    Returns:
        A result for each task, and a sentence for each that could not be read.
    """
    results, problems = unanswered(homework), []
    for position, result in enumerate(results):
        try:
            findings = findings_in(parsed(result_file(folder, result.number)))
        except FileNotFoundError:
            continue  # the check did not come to its end
        except NotRead as reason:
            problems.append(f"What the check of task {result.number} left cannot be read: {reason}.")
        else:
            results[position] = replace(result, findings=findings)
    return results, problems


def read_problems(folder: Path) -> list[str]:
    """Read what the worker wrote; that it is not there, or something else, is a problem too."""
    try:
        left = parsed(folder / PROBLEMS)
        if isinstance(left, list) and len(left) <= MOST and all(isinstance(each, str) for each in left):
            return [cleaned(each, LONGEST) for each in left]
    except FileNotFoundError:
        return ["The program that ran it ended before all was checked."]
    except NotRead as reason:
        return [f"What the program that ran it left cannot be read: {reason}."]
    return ["What the program that ran it left is no list of sentences."]


def last_words(folder: Path, lines: int = 3) -> str:
    """Return the last lines of what the worker and the kernel have said."""
    said = (folder / SAID).read_bytes()[-LARGEST:].decode("utf-8", "replace").splitlines()
    return cleaned(" / ".join(line.strip() for line in said[-lines:] if line.strip()), LONGEST)


def findings_in(left: object) -> list[Finding]:
    """Return the findings of a result as `Homework.write` writes it.

    Raises:
        NotRead: If it is anything else.
    """
    match left:
        case {"findings": [*findings]} if len(findings) <= MOST:
            return [finding_in(each) for each in findings]
    raise NotRead(f"it is no result with at most {MOST} findings")


def finding_in(left: object) -> Finding:
    """Return one finding, its texts fit to be shown."""
    match left:
        case {"right": bool(right), "text": str(text), "look": str(look)}:
            return Finding(right, cleaned(text, LONGEST), cleaned(look, LONGEST))
    raise NotRead("a finding in it has not the parts of one")


def parsed(path: Path) -> object:
    """Read a file as JSON.

    Raises:
        FileNotFoundError: If nothing is there.
        NotRead: If it is no regular file, too large, or no JSON.
    """
    content = file_left(path, LARGEST)
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError):
        raise NotRead(f"{path.name} is no JSON") from None
    return found
