"""Reads tables with tools that others made.

Usage: tables.py read FOLDER
           one line a table and tool: table, tool, rows, columns
       tables.py answer FOLDER NAME
           JSON: the rows that DuckDB gives to the SQL of docs/tables.md for a named
           query, as lists of texts, sorted; `tables` stands in the folder
"""

import json
import os
import re
import sys
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "tables.md"


def read(folder):
    import duckdb
    import pandas
    import pyarrow.parquet

    for path in sorted(Path(folder).glob("*.parquet")):
        rows, columns = duckdb.sql(f"FROM '{path}'").shape
        print(path.stem, "duckdb", rows, columns)
        print(path.stem, "pandas", *pandas.read_parquet(path).shape)
        print(path.stem, "pyarrow", *pyarrow.parquet.read_table(path).shape)


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def answer(folder, name):
    import duckdb

    found = re.search(rf"<!-- query: {name} -->\n```sql\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    os.chdir(folder)
    rows = duckdb.sql(found[1]).fetchall()
    print(json.dumps(sorted([text(value) for value in row] for row in rows)))


if __name__ == "__main__":
    {"read": read, "answer": answer}[sys.argv[1]](*sys.argv[2:])
