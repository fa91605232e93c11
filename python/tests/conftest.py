"""What the tests share."""

from pathlib import Path

import pytest

import reportedly

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="session")
def pipeline() -> reportedly.Pipeline:
    return reportedly.Pipeline()


@pytest.fixture(scope="session")
def examples(pipeline: reportedly.Pipeline) -> reportedly.Articles:
    """The articles of the repository's examples, without those of the other formats."""
    paths = sorted(path for path in EXAMPLES.iterdir() if path.is_file())
    return pipeline.analyse(paths)
