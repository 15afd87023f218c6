import pytest
from flask import Flask

from shutterbox.errors import ApiError
from shutterbox.paging import page_after, page_limit

app = Flask(__name__)


def test_defaults():
    with app.test_request_context("/"):
        assert (page_limit(), page_after()) == (50, 0)


def test_takes_what_is_asked_for():
    with app.test_request_context("/?limit=20&after=7"):
        assert (page_limit(), page_after()) == (20, 7)


def test_refuses_words():
    with app.test_request_context("/?limit=many"), pytest.raises(ApiError):
        page_limit()
