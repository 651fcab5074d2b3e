"""A typed citation understood: the law on record, the document, the articles."""

from catalog.countywords import CountyWords
from catalog.reading.citations import read_citations

from .models import PowerBasis


def understand(basis: PowerBasis, words: CountyWords) -> PowerBasis:
    """Fill in what the words of the citation say; what cannot be read stays text and says so."""
    cited = read_citations(basis.text)
    if not cited:
        basis.is_parsed = False
        return basis
    first = cited[0]
    basis.law_id = words.law(first.law_title) if first.law_title else None
    basis.law_title, basis.document_number = first.law_title[:300], first.document_number[:100]
    basis.article, basis.articles = first.article[:200], list(first.articles)
    basis.is_parsed = first.is_parsed
    return basis
