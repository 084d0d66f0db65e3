"""Every answer tells the browser to load and run nothing but our own."""

import pytest

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/zh-hans/papers/?q=x", 200),
        ("/papers/none/", 404),
        ("/preview/", 302),
        ("/admin/login/", 200),
        ("/robots.txt", 200),
    ],
)
def test_the_policy_is_strict_everywhere(visitor, address, status):
    response = visitor.get(address)
    assert response.status_code == status
    policy = response["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert STRICT.items() <= directives.items()
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_an_error_has_the_policy_too(visitor, monkeypatch):
    monkeypatch.setattr("papers.views.home.render", None)
    visitor.raise_request_exception = False
    response = visitor.get("/")
    assert response.status_code == 500
    assert "default-src 'none'" in response["Content-Security-Policy"]
