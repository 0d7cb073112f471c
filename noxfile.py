"""Sessions: lint, tests and wheel run by default, lowest too in CI; others are campaigns."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import nox

nox.options.sessions = ["lint", "tests", "wheel"] + ["lowest"] * ("CI" in os.environ)
nox.options.reuse_existing_virtualenvs = True
LOCALE = Path("src/kvalanalys/locale")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and the house's import contracts."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; what a bare machine lacks is skipped and named, except where CI is set."""
    session.install("-e", ".[dev]")
    session.run("pytest", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest versions that pyproject.toml allows."""
    session.install("uv")
    session.run(
        "uv", "pip", "install", "--python", session.virtualenv.location,
        "--resolution", "lowest-direct", "-e", ".[dev]",
    )  # fmt: skip
    session.run("pytest", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Install the built wheel outside the checkout and run the main job."""
    session.install("build")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--wheel", "--outdir", folder, ".", silent=True)
    built = max(Path(folder).glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.install("--force-reinstall", "--no-deps", str(built))
    session.install(str(built))
    with session.chdir(folder):
        session.run("kvalanalys", "--lang", "en", "demo")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure speed as ratios against limits in the same run; needs the developers' shared data."""
    session.install("-e", ".")
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def windows(session: nox.Session) -> None:
    """Resolve for Windows with wheels only, and build wheelhouses that install without a network.

    For an IT department: dist/wheelhouse-VERSION holds the wheels and requirements.txt with their
    hashes; ``pip install --no-index --find-links . --require-hashes -r requirements.txt``.
    """
    session.install("build", "pip>=24", "uv")
    session.run("python", "-m", "build", "--wheel", "--outdir", "dist", ".", silent=True)
    wheel = max(Path("dist").glob("kvalanalys-*.whl"), key=lambda path: path.stat().st_mtime)
    for version in session.posargs or ("3.11", "3.12", "3.13", "3.14"):
        house = Path("dist", f"wheelhouse-{version}")
        shutil.rmtree(house, ignore_errors=True)
        house.mkdir()
        shutil.copy(wheel, house)
        requirements = house / "requirements.txt"
        target = ["--python-platform", "windows", "--python-version", version]
        # uv, since pip asks this computer, not the target, what "on Windows" depends on
        session.run(
            "uv", "pip", "compile", "-q", *target, "--only-binary", ":all:", "--generate-hashes",
            "--no-annotate", "--no-header", "-o", str(requirements), "pyproject.toml",
        )  # fmt: skip
        session.run(
            "pip", "download", "-q", "--no-deps", "--require-hashes", "--only-binary=:all:",
            "--platform", "win_amd64", "--implementation", "cp", "--python-version", version,
            "--dest", str(house), "-r", str(requirements),
        )  # fmt: skip
        with requirements.open("a", encoding="utf-8") as file:
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            file.write(f"kvalanalys=={wheel.name.split('-')[1]} --hash=sha256:{digest}\n")
        session.run(
            "uv", "pip", "install", "-q", "--dry-run", *target, "--offline", "--no-index",
            "--find-links", str(house), "--require-hashes", "--target", session.create_tmp(),
            "-r", str(requirements),
        )  # fmt: skip
        wheels = list(house.glob("*.whl"))
        size = sum(path.stat().st_size for path in wheels) / 1e6
        session.log(f"Python {version}: {len(wheels)} wheels, {size:.0f} MB, installs offline")


@nox.session
def pictures(session: nox.Session) -> None:
    """Draw the demo's report as pages and as a web page, to be looked at (dist/pictures)."""
    session.install("-e", ".")
    place = Path("dist", "pictures").resolve()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    demo = place / "demo"
    session.run("kvalanalys", "--lang", "sv", "demo", str(demo), silent=True)
    report = demo / "reports" / "temarapport.docx"
    soffice = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place), str(report)]
    session.run(*soffice, external=True, silent=True)
    pages = ["pdftoppm", "-r", "70", "-png", str(place / "temarapport.pdf"), str(place / "word")]
    session.run(*pages, external=True)
    session.run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--window-size=900,1400", f"--screenshot={place / 'html.png'}",
        report.with_suffix(".html").as_uri(), external=True, silent=True,
    )  # fmt: skip
    shutil.rmtree(demo)
    session.log(f"look at {place}")


@nox.session
def messages(session: nox.Session) -> None:
    """Bring the catalogues up to date: extract, merge, compile."""
    session.install("babel>=2.15")
    template = os.path.join(session.create_tmp(), "kvalanalys.pot")  # noqa: PTH118 - nox's own str
    session.run(
        "pybabel", "-q", "extract", "-k", "_", "-k", "N_", "-k", "plural:1,2", "-k", "NN_:1,2",
        "--no-location",
        "--omit-header", "--sort-output", "-o", template, "src/kvalanalys",
    )  # fmt: skip
    session.run(
        "pybabel", "-q", "update", "-D", "kvalanalys", "-i", template, "-d", str(LOCALE),
        "-l", "sv", "-w", "100", "--no-fuzzy-matching", "--ignore-obsolete",
    )  # fmt: skip
    session.run("pybabel", "compile", "-D", "kvalanalys", "-d", str(LOCALE))
