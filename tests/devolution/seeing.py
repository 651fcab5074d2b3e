"""Reading a page of powers as a person does."""

from tests.catalog.pages import Page


def text_of(client, address) -> str:
    """The words of a page that stands and is well formed."""
    response = client.get(address)
    page = Page(response)
    assert response.status_code == 200, address
    assert page.faults == []
    return " ".join(page.text.split())
