"""Makes golden.bin: small pictures and what OpenCV, Pillow and cairo make of them.

    pip install numpy opencv-python-headless pillow pycairo
    python tests/golden/make.py [file to write]

pycairo may want the system's cairo headers; a distribution's own package (python3-cairo) serves as well.

The file is one zlib stream of
    4 bytes           length of the index, little-endian
    the index, JSON   {"pictures": [{"name", "width", "height", "channels"}],
                       "cases": [{"operation", its parameters, "source", "answer"}]}
    the rest          the pictures' bytes, row by row, in the order of the index
"source" and "answer" are places in "pictures"; a resize goes to the answer's size; "rasterise" has a "drawing" (strokes of
[x, y]) for a source. Pictures and drawings come from a seed. Everything but "rasterise" is expected to the bit.
"""

import json
import math
import struct
import sys
import zlib
from pathlib import Path

import cairo
import cv2
import numpy as np
from PIL import Image, ImageDraw

PRESETS = [(50, 100), (150, 200), (170, 300), (250, 300)]
NOISE_LIMIT = 4000  # pixels: noise hardly compresses
RNG = np.random.default_rng(20)


class Golden:
    def __init__(self):
        self.pictures, self.cases, self.pixels = [], [], []

    def picture(self, name, pixels):
        height, width = pixels.shape[:2]
        channels = 1 if pixels.ndim == 2 else 3
        self.pictures.append({"name": name, "width": width, "height": height, "channels": channels})
        self.pixels.append(pixels.tobytes())
        return len(self.pictures) - 1

    def case(self, operation, source, answer, **parameters):
        name = self.pictures[source]["name"] if source is not None else parameters.pop("name")
        answer = self.picture(f"{operation} of {name}", np.asarray(answer))
        case = {"operation": operation, "answer": answer, **parameters}
        if source is not None:
            case["source"] = source
        self.cases.append(case)
        return answer

    def canny(self, source, grey, thresholds):
        for low, high in thresholds:
            self.case("canny", source, cv2.Canny(grey, low, high), low=low, high=high)

    def resize(self, source, pixels, size):
        # Across first, then down: Pillow 13 turns the order round where the height shrinks much more than the width.
        across = Image.fromarray(pixels).resize((size[0], pixels.shape[0]), Image.Resampling.BILINEAR)
        self.case("resize", source, across.resize(size, Image.Resampling.BILINEAR))

    def rotate(self, source, grey, degrees):
        turned = Image.fromarray(grey).rotate(degrees, Image.Resampling.NEAREST, fillcolor=0)
        self.case("rotate", source, turned, degrees=degrees)

    def write(self, path):
        index = json.dumps({"pictures": self.pictures, "cases": self.cases}, separators=(",", ":")).encode()
        data = struct.pack("<I", len(index)) + index + b"".join(self.pixels)
        path.write_bytes(zlib.compress(data, 9))
        print(f"{path}: {path.stat().st_size} bytes, {len(self.pictures)} pictures, {len(self.cases)} cases")


def noise(width, height, channels=3):
    return RNG.integers(0, 256, (height, width, channels), dtype=np.uint8).squeeze(axis=2 if channels == 1 else ())


def smooth(width, height, channels=3):
    small = Image.fromarray(noise(5, 5, channels))
    return np.array(small.resize((width, height), Image.Resampling.BICUBIC))


def shapes(width, height, channels=3):
    def colour():
        return tuple(int(level) for level in RNG.integers(0, 256, channels))

    picture = Image.new("L" if channels == 1 else "RGB", (width, height), colour())
    pen = ImageDraw.Draw(picture)
    for _ in range(6):
        box = np.sort(RNG.integers(-4, [[width + 4, height + 4]] * 2, (2, 2)), axis=0).ravel().tolist()
        fill = colour()
        kind = RNG.integers(3)
        if kind == 0:
            pen.ellipse(box, fill=fill)
        elif kind == 1:
            pen.rectangle(box, fill=fill)
        else:
            pen.line(RNG.integers(0, max(width, height), 8).tolist(), fill=fill, width=int(RNG.integers(1, 4)))
    return np.array(picture)


KINDS = {"noise": noise, "smooth": smooth, "shapes": shapes}


def photos(golden):
    """Colour pictures of the network's input size: luma, and the luma's edges."""
    for number in range(84):
        kind = ["noise", "smooth", "shapes", "shapes"][number % 4] if number < 64 else "shapes"
        photo = KINDS[kind](32, 32)
        source = golden.picture(f"photo {number} ({kind})", photo)
        grey = np.array(Image.fromarray(photo).convert("L"))
        answer = golden.case("luma", source, grey)
        golden.canny(answer, grey, PRESETS)


def edges(golden):
    """Grey pictures of odd sizes and odd thresholds: swapped, fractional, equal, zero, out of reach."""
    sizes = [(1, 1), (1, 9), (9, 1), (2, 2), (3, 2), (5, 7), (16, 16), (31, 33), (33, 8), (64, 48), (75, 50), (200, 120)]
    thresholds = [(300, 170), (99.9, 200.5), (120, 120), (0, 0), (0, 2041), (-1, 40)]
    for width, height in sizes:
        for kind, make in KINDS.items():
            if kind == "noise" and width * height > NOISE_LIMIT:
                continue
            grey = make(width, height, 1)
            source = golden.picture(f"grey {width}x{height} ({kind})", grey)
            golden.canny(source, grey, PRESETS[:3] + thresholds)


def doodles(golden):
    """Doodle-sized pictures grown to the network's input size."""
    for number in range(60):
        kind = ["noise", "smooth", "shapes", "shapes", "shapes"][number % 5]
        doodle = KINDS[kind](28, 28, 1)
        source = golden.picture(f"doodle {number} ({kind})", doodle)
        golden.resize(source, doodle, (32, 32))


def sizes(golden):
    """Growing and shrinking by all kinds of ratios, one axis at a time and both."""
    pairs = [
        ((75, 50), (32, 32)), ((50, 50), (32, 32)), ((33, 33), (32, 32)), ((31, 31), (32, 32)), ((7, 5), (32, 32)),
        ((1, 1), (4, 3)), ((2, 3), (1, 1)), ((40, 30), (1, 1)), ((30, 40), (40, 30)), ((64, 64), (16, 16)),
        ((64, 10), (64, 3)), ((10, 64), (3, 64)), ((97, 61), (13, 17)), ((12, 12), (12, 12)), ((160, 120), (20, 15)),
    ]  # fmt: skip
    for (width, height), target in pairs:
        for channels in (1, 3):
            for kind in ("noise", "shapes"):
                if kind == "noise" and width * height > NOISE_LIMIT:
                    continue
                pixels = KINDS[kind](width, height, channels)
                source = golden.picture(f"picture {width}x{height}x{channels} ({kind})", pixels)
                golden.resize(source, pixels, target)


def turns(golden):
    """Turns by exact quarters, by next to nothing and by anything, of squares and of others."""
    exact = [0, 90, 180, 270, 360, -90, -180, 45, 1e-14, 179.99999999999997, 0.1, -0.1, 15, -15, 720.5, -1234.5]
    for number in range(40):
        kind = ["shapes", "noise", "shapes", "smooth"][number % 4]
        width, height = (32, 32) if number % 3 else [(28, 28), (31, 31), (40, 17), (9, 30)][number // 3 % 4]
        grey = KINDS[kind](width, height, 1)
        source = golden.picture(f"turned {number}, {width}x{height} ({kind})", grey)
        drawn = RNG.uniform(-20, 20, 3).tolist() + RNG.uniform(-360, 360, 1).tolist()
        for degrees in (exact[number % 4 :: 4] if number < 16 else []) + drawn:
            golden.rotate(source, grey, float(degrees))


def bitmap(drawing, side=28, line_diameter=16, padding=16):
    """Quick, Draw!'s vector_to_raster (googlecreativelab/quickdraw-dataset, issue 19) after its scaling to 0..255."""
    points = np.concatenate(drawing)
    least, extent = points.min(axis=0), np.ptp(points, axis=0).max()
    strokes = [(np.array(stroke) - least) * 255 / extent for stroke in drawing]

    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, side, side)
    context = cairo.Context(surface)
    context.set_antialias(cairo.ANTIALIAS_BEST)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    context.set_line_width(line_diameter)
    margin = padding * 2 + line_diameter
    context.scale(side / (256 + margin), side / (256 + margin))
    context.translate(margin / 2, margin / 2)
    context.set_source_rgb(0, 0, 0)
    context.paint()
    context.set_source_rgb(1, 1, 1)
    offset = (256 - np.concatenate(strokes).max(axis=0)) / 2
    for stroke in strokes:
        context.move_to(*(stroke[0] + offset))
        for point in stroke:
            context.line_to(*(point + offset))
        context.stroke()
    return np.frombuffer(surface.get_data(), np.uint8)[::4].reshape(side, side).copy()


def drawings(golden):
    """Wobbly closed curves, zigzags, straight lines and dots, at any place and scale."""
    for number in range(40):
        strokes = []
        for _ in range(RNG.integers(1, 7)):
            kind, (x, y) = RNG.integers(4), RNG.uniform(0, 200, 2)
            if kind == 0:
                turn = np.linspace(0, 2 * math.pi, 24)
                radius = RNG.uniform(10, 80) * (1 + 0.2 * np.sin(turn * RNG.integers(1, 5)))
                strokes.append(np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1))
            elif kind == 1:
                strokes.append(RNG.uniform(0, 256, (int(RNG.integers(3, 9)), 2)))
            elif kind == 2:
                strokes.append(np.array([[x, y], RNG.uniform(0, 256, 2)]))
            else:
                strokes.append(np.array([[x, y]]))
        if sum(map(len, strokes)) < 3:
            strokes.append(RNG.uniform(0, 256, (3, 2)))
        scale, shift = RNG.uniform(0.5, 3), RNG.uniform(-50, 200, 2)
        drawing = [np.round(stroke * scale + shift, 1).tolist() for stroke in strokes]
        golden.case("rasterise", None, bitmap(drawing), name=f"drawing {number}", drawing=drawing)


def main():
    golden = Golden()
    for part in (photos, edges, doodles, sizes, turns, drawings):
        part(golden)
    golden.write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("golden.bin"))


if __name__ == "__main__":
    main()
