#!/usr/bin/env python3
"""Draws the icon's PNG files anew from hookscope.svg, with librsvg and cairo (Debian: librsvg2-2)."""

import ctypes
import pathlib

SIZES = (16, 32, 48, 64, 128, 256)
ARGB32 = 0


class Rectangle(ctypes.Structure):
    _fields_ = [(name, ctypes.c_double) for name in ("x", "y", "width", "height")]


def main():
    folder = pathlib.Path(__file__).resolve().parent
    rsvg = ctypes.CDLL("librsvg-2.so.2")
    cairo = ctypes.CDLL("libcairo.so.2")
    rsvg.rsvg_handle_new_from_file.restype = ctypes.c_void_p
    rsvg.rsvg_handle_new_from_file.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    rsvg.rsvg_handle_render_document.argtypes = [ctypes.c_void_p] * 4
    cairo.cairo_image_surface_create.restype = ctypes.c_void_p
    cairo.cairo_create.restype = ctypes.c_void_p
    cairo.cairo_create.argtypes = [ctypes.c_void_p]
    cairo.cairo_surface_write_to_png.argtypes = [ctypes.c_void_p, ctypes.c_char_p]

    handle = rsvg.rsvg_handle_new_from_file(bytes(folder / "hookscope.svg"), None)
    if not handle:
        raise SystemExit("hookscope.svg cannot be read")
    for size in SIZES:
        surface = cairo.cairo_image_surface_create(ARGB32, size, size)
        area = Rectangle(0, 0, size, size)
        if not rsvg.rsvg_handle_render_document(handle, cairo.cairo_create(surface), ctypes.byref(area), None):
            raise SystemExit("hookscope.svg cannot be drawn")
        if cairo.cairo_surface_write_to_png(surface, bytes(folder / f"icon-{size}.png")) != 0:
            raise SystemExit(f"icon-{size}.png cannot be written")


main()
