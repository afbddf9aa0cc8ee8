"""Plain words are those of agreeing sentences of several writers."""

from eval.builders import clean_report
from eval.learn_words import plain, writers_of_words
from eval.report_suite import Corpus, File
from tests.renderers import render


def corpus(name: str, overview: str) -> Corpus:
    """The one report of a writer."""
    plan = clean_report("2021", body="云溪县水务局", year=2024, base="all_zero")
    plan.set_cell("requests/new_received/total", "12")
    plan.set_section("overview", overview)
    data = render(plan, "docx")
    return Corpus(name=name, clean=(File("云溪县水务局2024.docx", data),), spoiled={}, edits=())


def test_words_of_agreeing_sentences_of_two_writers_are_plain() -> None:
    one = corpus("one", "汛期过后，全年收到政府信息公开申请12件。防汛演练3次。")
    other = corpus("other", "汛期以来，全年收到政府信息公开申请12件。防汛演练4次。")
    found = plain(writers_of_words((one, other)))
    assert "汛期" in found
    assert "过后" not in found
    assert "演练" not in found


def test_a_sentence_that_differs_teaches_nothing() -> None:
    one = corpus("one", "汛期过后，全年收到政府信息公开申请13件。")
    other = corpus("other", "汛期以来，全年收到政府信息公开申请14件。")
    assert "汛期" not in plain(writers_of_words((one, other)))
