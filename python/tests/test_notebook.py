"""The notebook runs, and shows a table and a graph."""

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
for needed in ("ipykernel", "matplotlib", "networkx", "pandas"):
    pytest.importorskip(needed)

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_it_shows_an_article_a_table_and_a_graph():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "kept without outputs"
    run = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    run.execute()
    shown = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [data["text/html"] for data in shown if "text/html" in data]
    assert any("border-bottom:1px solid" in page for page in pages), "an article"
    assert any("<table" in page and "stated_by" in page for page in pages), "a table"
    assert any(len(data.get("image/png", "")) > 10_000 for data in shown), "a graph"
