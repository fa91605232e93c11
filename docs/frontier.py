"""Draws docs/frontier.svg: accuracy against speed, from the first table of
PERFORMANCE.md whose columns are named below. Run it where the table changes:

    python3 docs/frontier.py
"""

import math
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPEED, ACCURACY, SIZE = "words/s", "EWT LAS", "size"
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 60, 24, 24, 48
# Another tool's speed, for comparison; its labels cannot be scored on this treebank.
OTHERS = re.compile(r"\| spaCy[^|]*\|[^|]*\|\s*(\d+,\d+)")


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def number(text):
    found = re.search(r"\d[\d,]*\.?\d*", text)
    return float(found.group().replace(",", "")) if found else None


def points(text):
    columns = None
    for line in text.splitlines():
        if not line.startswith("|"):
            if columns:
                return
            continue
        row = cells(line)
        if columns is None:
            columns = row if {SPEED, ACCURACY, SIZE} <= set(row) else None
        elif not set(row[0]) <= set("-:"):
            named = dict(zip(columns, row))
            speed, accuracy = number(named[SPEED]), number(named[ACCURACY])
            if speed and accuracy:
                yield row[0], named[SIZE], speed, accuracy


def svg(found, other):
    speeds = [speed for *_, speed, _ in found] + ([other] if other else [])
    low, high = min(speeds) * 0.8, max(speeds) * 1.6
    least = math.floor(min(accuracy for *_, accuracy in found)) - 1
    most = math.ceil(max(accuracy for *_, accuracy in found)) + 1

    def x(speed):
        share = math.log(speed / low) / math.log(high / low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(accuracy):
        share = (accuracy - least) / (most - least)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def text(at_x, at_y, words, anchor="start"):
        return f'<text x="{at_x:.0f}" y="{at_y:.0f}" text-anchor="{anchor}">{words}</text>'

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for line in range(least, most + 1):
        out.append(f'<path d="M{LEFT} {y(line):.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        out.append(text(LEFT - 8, y(line) + 4, line, "end"))
    for tick in (5, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200):
        if low <= 1000 * tick <= high:
            out.append(f'<path d="M{x(1000 * tick):.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>')
            out.append(text(x(1000 * tick), HEIGHT - BOTTOM + 16, f"{tick}k", "middle"))
    out.append(text((LEFT + WIDTH) / 2, HEIGHT - 8, "words per CPU-second (one thread)", "middle"))
    out.append(text(8, TOP - 8, "EWT dev LAS, gold tokens"))
    if other:
        out.append(f'<path d="M{x(other):.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#888" stroke-dasharray="4"/>')
        out.append(text(x(other) + 4, TOP + 12, "speed of spaCy's small model"))
    for name, size, speed, accuracy in found:
        out.append(f'<circle cx="{x(speed):.0f}" cy="{y(accuracy):.0f}" r="5" fill="#2a6fb0"/>')
        near = x(speed) > WIDTH * 0.6
        label = f"{re.split('[,:]', name)[0]} ({number(size)} MB)"
        out.append(text(x(speed) + (-9 if near else 9), y(accuracy) + 4, label, "end" if near else "start"))
    return "\n".join(out + ["</svg>\n"])


if __name__ == "__main__":
    performance = (ROOT / "PERFORMANCE.md").read_text(encoding="utf-8")
    other = OTHERS.search(performance)
    other = number(other.group(1)) if other else None
    drawing = svg(list(points(performance)), other)
    (ROOT / "docs/frontier.svg").write_text(drawing, encoding="utf-8")
