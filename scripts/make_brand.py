"""Draw the integration's icon and logo: three passengers, rivals, in one boat (the meaning of 동주).

Everything is drawn from circles, arcs and lines, so no font is needed: `python scripts/make_brand.py` writes the
pictures of `custom_components/dongju/brand/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin, tau
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw

FOLDER: Final = Path(__file__).resolve().parent.parent / "custom_components" / "dongju" / "brand"
# Drawn this many times larger, then made smaller: smooth edges.
SCALE: Final = 8

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of one variant."""

    hull: str
    rim: str
    wave: str
    text: str
    passengers: tuple[str, str, str]


ON_LIGHT: Final = Palette(
    hull="#1d3f66", rim="#2f5f93", wave="#58a6c9", text="#1d3f66", passengers=("#f0785a", "#f4b53f", "#35a794")
)
ON_DARK: Final = Palette(
    hull="#e4edf7", rim="#b9cfe6", wave="#6fbcdc", text="#e4edf7", passengers=("#ff8c6e", "#ffc65a", "#4cc7b2")
)


class Canvas:
    """A transparent picture addressed in the units of the small one."""

    def __init__(self, width: float, height: float) -> None:
        """Make an empty picture."""
        self.size = (round(width), round(height))
        self.image = Image.new("RGBA", (self.size[0] * SCALE, self.size[1] * SCALE))
        self.draw = ImageDraw.Draw(self.image)

    def disc(self, center: Point, radius: float, colour: str) -> None:
        """Draw a filled circle."""
        x, y = center
        box = [SCALE * value for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(box, fill=colour)

    def shape(self, points: list[Point], colour: str) -> None:
        """Draw a filled polygon."""
        self.draw.polygon([(SCALE * x, SCALE * y) for x, y in points], fill=colour)

    def stroke(self, points: Sequence[Point], width: float, colour: str) -> None:
        """Draw a line with round ends and joints."""
        for (x1, y1), (x2, y2) in pairwise(points):
            line = [SCALE * value for value in (x1, y1, x2, y2)]
            self.draw.line(line, fill=colour, width=round(SCALE * width))
        for point in points:
            self.disc(point, width / 2, colour)

    def finish(self, size: tuple[int, int]) -> Image.Image:
        """Return the picture in its real size."""
        return self.image.resize(size, Image.Resampling.LANCZOS)


def arc(center: Point, radius: float, start: float, end: float) -> list[Point]:
    """Return points of an arc; angles in turns, clockwise from the right."""
    steps = 96
    turns = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [(center[0] + radius * cos(tau * turn), center[1] + radius * sin(tau * turn)) for turn in turns]


def passenger(canvas: Canvas, x: float, head_y: float, colour: str) -> None:
    """Draw a head over shoulders that go down behind the boat's side."""
    canvas.disc((x, head_y), 38, colour)
    shoulder_y = head_y + 112
    canvas.shape([*arc((x, shoulder_y), 58, 0.5, 1.0), (x + 58, 330), (x - 58, 330)], colour)


def hull_points(top: float, bottom: float, inset: float) -> list[Point]:
    """Return the outline of the boat's side: a shallow bow and stern that curve into a flat keel."""
    left, right = 34 + inset, 478 - inset
    curve = [
        (left + (right - left) * step / 96, top + (bottom - top) * sin(pi * step / 96) ** 0.42) for step in range(97)
    ]
    return [(left, top), (right, top), *reversed(curve)]


def draw_boat(palette: Palette) -> Canvas:
    """Draw the icon on 512 by 512 units."""
    canvas = Canvas(512, 512)
    passenger(canvas, 140, 128, palette.passengers[0])
    passenger(canvas, 372, 128, palette.passengers[2])
    passenger(canvas, 256, 92, palette.passengers[1])
    cut_gap(canvas)
    canvas.shape(hull_points(292, 424, 0), palette.hull)
    canvas.stroke([(48, 292), (464, 292)], 28, palette.rim)
    wave = [(x, 464 + 15 * sin((x - 52) / 408 * 3 * tau)) for x in map(float, range(52, 461))]
    canvas.stroke(wave, 22, palette.wave)
    return canvas


def cut_gap(canvas: Canvas) -> None:
    """Cut a clear line around the passenger in front, so that the three stay three in any colour."""
    gap = Canvas(*canvas.size)
    passenger(gap, 256, 92, "#000000")
    front = gap.image.getchannel("A")
    around = [
        ImageChops.offset(front, round(12 * SCALE * cos(tau * turn / 24)), round(12 * SCALE * sin(tau * turn / 24)))
        for turn in range(24)
    ]
    grown = front
    for moved in around:
        grown = ImageChops.lighter(grown, moved)
    ring = ImageChops.subtract(grown, front)
    canvas.image.putalpha(ImageChops.subtract(canvas.image.getchannel("A"), ring))
    canvas.draw = ImageDraw.Draw(canvas.image)


def write_name(canvas: Canvas, left: float, baseline: float, palette: Palette) -> None:
    """Write "dongju" in round strokes; the dot of the j is the passenger in front."""
    bowl, bend, hook = 50, 40, 30
    space = 56
    top = baseline - 2 * bowl
    x = left

    def line(*points: Point) -> None:
        canvas.stroke(list(points), 28, palette.text)

    def circle() -> None:
        line(*arc((x + bowl, baseline - bowl), bowl, 0, 1))

    circle()  # d
    x += 2 * bowl
    line((x, baseline - 184), (x, baseline))
    x += space
    circle()  # o
    x += 2 * bowl + space
    line((x, top), (x, baseline))  # n
    line(*arc((x + bend, top + bend), bend, 0.5, 1.0), (x + 2 * bend, baseline))
    x += 2 * bend + space
    circle()  # g
    x += 2 * bowl
    line((x, top), *arc((x - bowl, baseline + 12), bowl, 0, 0.4))
    x += space
    line((x, top), *arc((x - hook, baseline + 32), hook, 0, 0.2))  # j
    canvas.disc((x, top - 54), 22, palette.passengers[1])
    x += space
    line((x, top), *reversed(arc((x + bend, baseline - bend), bend, 0, 0.5)), (x + 2 * bend, top))  # u
    line((x + 2 * bend, top), (x + 2 * bend, baseline))


def draw_logo(palette: Palette) -> Canvas:
    """Draw the logo: the boat and the name."""
    canvas = Canvas(1372, 512)
    canvas.image.paste(draw_boat(palette).image, (0, 0))
    write_name(canvas, 566, 330, palette)
    return canvas


def main() -> None:
    """Write every picture in both sizes."""
    FOLDER.mkdir(exist_ok=True)
    for prefix, palette in (("", ON_LIGHT), ("dark_", ON_DARK)):
        icon, logo = draw_boat(palette), draw_logo(palette)
        for suffix, height in (("", 256), ("@2x", 512)):
            icon.finish((height, height)).save(FOLDER / f"{prefix}icon{suffix}.png", optimize=True)
            size = (round(height * logo.size[0] / logo.size[1] / 2), height // 2)
            logo.finish(size).save(FOLDER / f"{prefix}logo{suffix}.png", optimize=True)


if __name__ == "__main__":
    main()
