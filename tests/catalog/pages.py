"""Reading a page as a browser would, with what the standard library has."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr", "wbr"}


class Page(HTMLParser):
    """The elements of a page in order, and what is wrong with its nesting."""

    def __init__(self, response):
        super().__init__()
        self.elements = []
        self.text = ""
        self.faults = []
        self._open = []
        self.feed(response.content.decode())
        self.faults += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text += data

    def all(self, tag, **wanted):
        """The attributes of every element of this name that has these."""
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]

    @property
    def links(self):
        return [attributes["href"] for attributes in self.all("a")]

    @property
    def canonical(self):
        (link,) = self.all("link", rel="canonical")
        return link["href"].removeprefix("http://testserver")
