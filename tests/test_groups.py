"""The workers that share the tests keep a group together."""

import os

import pytest


@pytest.mark.xdist_group("kept together")
def test_a_groups_name_is_in_the_id_by_which_tests_are_divided(request):
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@kept together")
