# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""notebooks/poser.ipynb runs from top to bottom in a kernel of its own, and its picture follows its sliders."""

from pathlib import Path

import pytest

pytest.importorskip("nbclient", reason="needs: pip install nbclient ipykernel ipywidgets")
pytest.importorskip("ipywidgets", reason="ipywidgets is not here")
pytest.importorskip("ipykernel", reason="ipykernel is not here")

ROOT = Path(__file__).resolve().parents[3]
TRIED = """
at_rest = picture.value
section.value = "jaw"
next(one for one in panel.children if one.description == "Jaw Open").value = 0.8
opened = picture.value
chosen.value = "Surprise"
where.value = "surprise.png"
save.click()
again.click()
print(len({at_rest, opened}), len(panel.children), sliders.any(), picture.value == at_rest)
"""


@pytest.mark.timeout(400)
def test_the_notebook_runs_and_its_picture_follows_the_sliders(tmp_path, monkeypatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    notebook = nbformat.read(ROOT / "notebooks" / "poser.ipynb", as_version=4)
    for cell in notebook.cells:  # without a graphics card each pixel takes its time
        cell.source = cell.source.replace("OffscreenView(400, 400)", "OffscreenView(120, 120)")
    notebook.cells.append(nbformat.v4.new_code_cell(TRIED))
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = "".join(one.text for one in notebook.cells[-1].outputs if one.get("name") == "stdout")
    assert said.split()[:3] == ["2", "5", "False"], notebook.cells[-1].outputs
    assert (tmp_path / "surprise.png").read_bytes().startswith(b"\x89PNG")
