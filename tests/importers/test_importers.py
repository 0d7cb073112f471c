"""Transcript files in: text, turns, speakers, roles; and what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalanalys.errors import KvalanalysError
from kvalanalys.importers import IMPORTERS, ReadDocument, ReadOptions, read_document
from kvalanalys.importers.importer import Transcript
from tests.conftest import SHARED


def read(path: Path, content: bytes, **options: object) -> ReadDocument:
    """Write content to a file and read it as a Swedish transcript."""
    path.write_bytes(content)
    return read_document(path, language="sv", options=ReadOptions(**options))  # type: ignore[arg-type]


def turns_of(found: ReadDocument) -> list[tuple[str | None, str]]:
    """Return label and speech of every turn."""
    return [(turn.label, turn.span.cut(found.document.text)) for turn in found.document.turns]


TALK = [("Intervjuare", "Hur går det?"), ("IP", "Jo, det går."), ("Intervjuare", "Bra."),
        ("IP", "Ja, å ä ö 🙂 fortsätter.")]  # fmt: skip


def as_text(talk: list[tuple[str, str]]) -> bytes:
    """Lay talk out as a text file."""
    return "\n\n".join(f"{label}: {speech}" for label, speech in talk).encode()


def as_docx(talk: list[tuple[str, str]]) -> bytes:
    """Lay talk out as a Word file."""
    word, file = docx.Document(), io.BytesIO()
    for label, speech in talk:
        word.add_paragraph(f"{label}: {speech}")
    word.save(file)
    return file.getvalue()


def as_srt(talk: list[tuple[str, str]]) -> bytes:
    """Lay talk out as subtitles."""
    return "".join(
        f"{i}\n00:00:{i:02},500 --> 00:00:{i:02},900\n{label}: {speech}\n\n"
        for i, (label, speech) in enumerate(talk, 1)
    ).encode()


def as_teams_vtt(talk: list[tuple[str, str]]) -> bytes:
    """Lay talk out as the vtt that Teams makes."""
    cues = "".join(
        f"0b0c1d2e-0000-4000-8000-000000000000/{i}-0\r\n00:00:{i:02}.500 --> 00:00:{i:02}.900\r\n"
        f"<v {label}>{speech}</v>\r\n\r\n"
        for i, (label, speech) in enumerate(talk, 1)
    )
    return f"WEBVTT\r\n\r\n{cues}".encode()


def as_zoom_vtt(talk: list[tuple[str, str]]) -> bytes:
    """Lay talk out as the vtt that Zoom makes."""
    cues = "".join(
        f"{i}\n00:00:{i:02}.500 --> 00:00:{i:02}.900\n{label}: {speech}\n\n"
        for i, (label, speech) in enumerate(talk, 1)
    )
    return f"WEBVTT\n\n{cues}".encode()


def as_teams_docx(talk: list[tuple[str, str]]) -> bytes:
    """Lay talk out as the Word file that Teams makes."""
    word, file = docx.Document(), io.BytesIO()
    for head in ("Intervju-20260615_133555-Meeting Transcript", "15 June 2026, 03:35am", "27m 42s",
                 "Karin Ljung started transcription"):  # fmt: skip
        word.add_paragraph(head)
    for i, (label, speech) in enumerate(talk, 1):
        word.add_paragraph(f"{label}   0:{i:02}\n{speech}")
    word.add_paragraph("Karin Ljung stopped transcription")
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("name", "write"), [
    ("a.txt", as_text), ("a.md", as_text), ("a.docx", as_docx), ("a.srt", as_srt),
    ("a.vtt", as_teams_vtt), ("b.vtt", as_zoom_vtt), ("b.docx", as_teams_docx),
])  # fmt: skip
def test_every_format_gives_the_same_turns(tmp_path: Path, name: str, write: object) -> None:
    """The same talk in any format has the same turns, speakers and roles."""
    found = read(tmp_path / name, write(TALK))  # type: ignore[operator]
    assert turns_of(found) == TALK
    assert {s.label: s.role for s in found.speakers} == {
        "Intervjuare": "interviewer", "IP": "respondent",
    }  # fmt: skip


@pytest.mark.parametrize("format", IMPORTERS.names())
def test_contract_of_importers(format: str) -> None:
    """Every importer recognises endings without failing and returns a valid transcript."""
    importer = IMPORTERS.load(format)()
    assert importer.recognises(".nothing", b"") is False
    content = {"text": as_text, "docx": as_docx, "srt": as_srt, "vtt": as_teams_vtt}[format](TALK)
    found = importer.read(content, ReadOptions())
    assert isinstance(found, Transcript)
    assert [turn.number for turn in found.turns] == list(range(1, len(found.turns) + 1))
    assert all(turn.span.end <= len(found.text) for turn in found.turns)


@pytest.mark.parametrize(
    ("labels", "interviewer"),
    [
        (("I", "IP"), "I"), (("INTERVJUARE", "RESPONDENT"), "INTERVJUARE"),
        (("I", "R"), "I"), (("Anna Öberg", "IP1"), "Anna Öberg"), (("Karin", "Bo"), "Karin"),
        (("Interviewer", "P3"), "Interviewer"),
    ],
)  # fmt: skip
def test_swedish_and_english_labels(
    tmp_path: Path, labels: tuple[str, str], interviewer: str
) -> None:
    """The field's labels, names and upper case are speakers, and who asks is the interviewer."""
    talk = [(labels[0], "Hur då?"), (labels[1], "Så här."), (labels[0], "Varför?"),
            (labels[1], "För att.")]  # fmt: skip
    found = read(tmp_path / "a.txt", as_text(talk))
    assert turns_of(found) == talk
    assert [s.label for s in found.speakers if s.role == "interviewer"] == [interviewer]


def test_text_that_looks_like_a_label_is_speech(tmp_path: Path) -> None:
    """A colon in what is said makes no speaker; a heading before the first turn is no turn."""
    text = "Intervju 3\n\nI: Hur?\nIP: Så här: bra.\nObs: viktigt.\nObs: mer.\nKlockan: var tio."
    found = read(tmp_path / "a.txt", text.encode())
    assert turns_of(found) == [
        ("I", "Hur?"), ("IP", "Så här: bra.\nObs: viktigt.\nObs: mer.\nKlockan: var tio."),
    ]  # fmt: skip
    assert found.document.text == text


def test_named_interviewer_decides(tmp_path: Path) -> None:
    """What the user says about the interviewer goes before any evidence."""
    talk = [("Bo", "Varför?"), ("Eva", "Så."), ("Bo", "Vem?"), ("Eva", "Jag.")]
    found = read(tmp_path / "a.txt", as_text(talk), interviewers=("Eva",))
    assert {s.label: s.role for s in found.speakers}["Eva"] == "interviewer"


def test_no_speaker_is_one_turn_and_a_warning(tmp_path: Path) -> None:
    """Text without speakers is one turn of one respondent, and that is said."""
    found = read(tmp_path / "a.txt", b"\n  Bara text.\nMer text.  \n")
    assert turns_of(found) == [(None, "Bara text.\nMer text.")]
    assert "No speaker" in found.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """Byte-order mark, UTF-8 and cp1252 with any newlines give the same text."""
    text = "I: Är det så?\r\nIP: Ja, på ön.\r\n"
    found = read(tmp_path / "a.txt", text.encode(encoding))
    assert found.document.text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"), ("a.txt", b" \n \n", "no text"), ("a.docx", b"", "empty"),
        ("a.docx", b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"), ("a.docx", b"PK\x03\x04x", "damaged"),
        ("a.srt", b"hello there", "not proper subtitles"), ("a.srt", b"\n\n", "no text"),
        ("a.xyz", b"text", "not read"), ("a.txt", b"I: a\0b", "NUL"),
        ("a.txt", "I: å\n".encode() + b"IP: \xe5\n", "Line 2"),
    ],
)  # fmt: skip
def test_bad_files_say_what_is_wrong(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """A file that is no transcript is refused with what is wrong and what to do."""
    with pytest.raises(KvalanalysError) as caught:
        read(tmp_path / name, content)
    assert said in caught.value.what


def test_docx_reads_tables_breaks_and_tracked_changes(tmp_path: Path) -> None:
    """Table cells come in document order, line breaks stay, deleted text is out."""
    word, file = docx.Document(), io.BytesIO()
    word.add_paragraph("I: Första frågan?")
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "IP: Svaret."
    table.cell(0, 1).text = "Och mer."
    word.add_paragraph("I: Slut\npå det.")
    word.save(file)
    found = read(tmp_path / "a.docx", file.getvalue())
    assert turns_of(found) == [
        ("I", "Första frågan?"), ("IP", "Svaret.\nOch mer."), ("I", "Slut\npå det."),
    ]  # fmt: skip


def test_subtitles_keep_their_start_times(tmp_path: Path) -> None:
    """Cues without a label continue the turn; the turn starts with its first cue."""
    content = (b"1\n00:00:01,000 --> 00:00:02,000\nI: Hej <i>du</i>\n\n"
               b"2\n00:00:03,000 --> 00:00:04,000\ndet var allt.\n\n"
               b"3\n00:01:05,250 --> 00:01:06,000\nIP: Ja.\n")  # fmt: skip
    found = read(tmp_path / "a.srt", content)
    assert turns_of(found) == [("I", "Hej du det var allt."), ("IP", "Ja.")]
    assert [turn.start_ms for turn in found.document.turns] == [1000, 65250]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1))
def test_any_text_gives_valid_turns(text: str) -> None:
    """Whatever a text file holds: turns lie inside the text, in order, and never overlap."""
    importer = IMPORTERS.load("text")()
    try:
        found = importer.read(text.encode(), ReadOptions())
    except KvalanalysError:
        assert not text.strip("\ufeff").strip()
        return
    position = 0
    for turn in found.turns:
        assert position <= turn.span.start < turn.span.end <= len(found.text)
        position = turn.span.end


@pytest.mark.needs_shared
def test_real_english_conversations() -> None:
    """Ten real conversations: a turn per line, the therapist asks, the client answers."""
    files = sorted((SHARED / "real").glob("annomi-*.txt"))
    assert len(files) == 10
    for path in files:
        found = read_document(path, language="en")
        lines = [line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines()
                 if line.strip()]  # fmt: skip
        assert turns_of(found) == [(label, speech.rstrip()) for label, speech in lines]
        assert {s.label: s.role for s in found.speakers} == {
            "THERAPIST": "interviewer", "CLIENT": "respondent",
        }  # fmt: skip


@pytest.mark.needs_shared
def test_real_swedish_subtitles() -> None:
    """Twenty real subtitle files without speakers: one turn each, all words kept, a warning."""
    files = sorted((SHARED / "real").glob("*.srt"))
    assert len(files) == 20
    for path in files:
        found = read_document(path, language="sv")
        assert len(found.document.turns) == 1
        assert found.warnings
        words = [
            word for line in path.read_text(encoding="utf-8").splitlines()
            if "-->" not in line and not line.strip().isdigit() for word in line.split()
        ]  # fmt: skip
        assert len(found.document.text.split()) >= 0.99 * len(words)


def test_vtt_with_two_voices_in_a_cue(tmp_path: Path) -> None:
    """Both voices have turns; names with comma and brackets, entities and a missing end are read."""
    content = (
        "WEBVTT\n\nNOTE laddad ner\n\n"
        "0:0:0.0 --> 0:0:5.320\n<v Deltagare, Björn (Extern)>Vi &amp; ni,\nsa jag</v><v Åsa Ek>Jaha?</v>\n\n"
        "00:01:02.003 --> 00:01:04.000\n<v Åsa Ek>Och <i>sen</i>?\n\n"
        "00:01:05.000 --> 00:01:06.000\nutan röst\n"
    )
    found = read(tmp_path / "a.vtt", content.encode())
    assert turns_of(found) == [
        ("Deltagare, Björn (Extern)", "Vi & ni, sa jag"),
        ("Åsa Ek", "Jaha? Och sen?"),
    ]
    assert [turn.start_ms for turn in found.document.turns] == [0, 0]
    assert "utan röst" in found.document.text


def test_teams_docx_takes_no_time_of_day_for_a_speaker(tmp_path: Path) -> None:
    """Header and notes are nobody's; neighbours of one speaker are one turn, with its time."""
    word, file = docx.Document(), io.BytesIO()
    for text in ("Nils Ek started transcription", "Nils Ek   0:03\nVi ses 10:30\nsa de?",
                 "Åsa Öberg (Extern)   1:02:03\nJa.", "Åsa Öberg (Extern)   1:02:09\nJust det.",
                 "Nils Ek stopped transcription"):  # fmt: skip
        word.add_paragraph(text)
    word.save(file)
    found = read(tmp_path / "a.docx", file.getvalue(), interviewers=("Nils Ek",))
    assert turns_of(found) == [
        ("Nils Ek", "Vi ses 10:30 sa de?"), ("Åsa Öberg (Extern)", "Ja. Just det."),
    ]  # fmt: skip
    assert [turn.start_ms for turn in found.document.turns] == [3_000, 3_723_000]


CUE = "00:00:01.000 --> 00:00:02.000\n"


@pytest.mark.parametrize(("name", "content", "said"), [
    ("a.vtt", "ingen vtt", "Line 1 "),
    ("a.vtt", "WEBVTT\n", "no text"),
    ("a.vtt", f"WEBVTT\n\n{CUE}hej\n\n00:00:99 -->\nx\n", "Line 6 "),
    ("a.vtt", f"WEBVTT\n\nNOTE x\ny\n\n{CUE}hej\n\nutan tid\n\n{CUE}x\n", "Line 9 "),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,00x\nborta\n", "Line 2 "),
])  # fmt: skip
def test_bad_subtitles_are_refused_with_their_line(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    """Nothing said is passed over because its times are damaged: the line is named."""
    with pytest.raises(KvalanalysError) as caught:
        read(tmp_path / name, content.encode())
    assert said in caught.value.what
    assert caught.value.hint
