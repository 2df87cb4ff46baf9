"""The statement as one small HTML page that Word opens and keeps as tables: no script, no picture, styles in the elements."""

from html import escape

CELL = "border:1px solid #888; padding:3px 6px;"
FONT = "font-family:Calibri, Arial, sans-serif; font-size:10pt;"


def statement_page(result, excluded=None):
    """HTML text of a `Statement` with its footnotes, and of what the pit shell excludes.

    All text is escaped; nothing is fetched.
    """
    body = [f'<h1 style="font-size:14pt">{escape(result.title)}</h1>', _table(result.printed)]
    body.append(f'<ol style="font-size:9pt">{"".join(f"<li>{escape(note)}</li>" for note in result.notes)}</ol>')
    if excluded is not None:
        body += [f'<h2 style="font-size:12pt">{escape(excluded.title)}</h2>', _table(excluded.printed)]
    head = f'<meta charset="utf-8"><title>{escape(result.title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body style="{FONT}">\n' + "\n".join(body) + "\n</body></html>\n"
    )


def _table(frame):
    head = "".join(f'<th scope="col" style="{CELL} background:#eee;">{escape(str(name))}</th>' for name in frame.columns)
    rows = []
    for row in frame.itertuples(index=False):
        strong = " font-weight:bold;" if row[1] == "Total" else ""
        cells = [
            f'<td style="{CELL}{strong} text-align:{"left" if x < 2 else "right"};">{escape(str(value))}</td>'
            for x, value in enumerate(row)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table style="border-collapse:collapse;{FONT}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
