"""The order as a PDF for the supplier: who orders what of whom, until when, and for how much.

The same order gives the same bytes. Texts are cut where a cell would not fit on a page; the spreadsheet beside it has
them in full.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from connectors.own_orders.order import Order, OrderLine, cost_text, line_total, plain
from connectors.own_orders.typeface import Typeface, typeface
from connectors.own_orders.wording import shortened

_LETTER_COUNTRIES = frozenset({"US", "CA", "MX"})
_MARGIN = 16 * mm
_FRAME_PADDING = 6
_AMOUNTS = frozenset({3, 5, 6})
_SHARES = (0.14, 0.16, 0.32, 0.1, 0.07, 0.1, 0.11)
_HEADINGS = ("Supplier’s SKU", "Our SKU / barcode", "Product", "Quantity", "Unit", "Unit cost", "Total")
_LONGEST = {"name": 400, "code": 60, "unit": 24, "party": 200, "note": 4_000}
_GREY = colors.HexColor("#666666")


def pdf_of(order: Order, *, compressed: bool = True) -> bytes:
    """The file's content. Not for two threads at once, as ``typeface`` is not."""
    face = typeface()
    page = LETTER if order.country.upper() in _LETTER_COUNTRIES else A4
    text = io.BytesIO()
    paper = SimpleDocTemplate(
        text,
        pagesize=page,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"Purchase order {order.number}",
        author=order.store_name,
        pageCompression=int(compressed),
        invariant=1,
    )

    def number_page(canvas: Any, _: Any) -> None:
        canvas.setFont(face.regular, 7)
        canvas.setFillColor(_GREY)
        canvas.drawRightString(page[0] - _MARGIN, _MARGIN / 2, f"{order.number}, page {canvas.getPageNumber()}")

    width = paper.width - 2 * _FRAME_PADDING
    story = [*_head(order, face, width), _lines(order, face, width), *_foot(order, face)]
    paper.build(story, onFirstPage=number_page, onLaterPages=number_page)
    return text.getvalue()


def _head(order: Order, face: Typeface, width: float) -> list[Any]:
    facts = [
        ("Number", order.number),
        ("Ordered by", shortened(order.store_name, _LONGEST["party"])),
        ("Supplier", shortened(order.supplier_name, _LONGEST["party"])),
        ("Date", order.ordered_on.isoformat()),
        ("Due", order.due_on.isoformat() if order.due_on else "as soon as possible"),
        ("Currency", order.currency),
    ]
    rows = [
        [Paragraph(name, _style(face, colour=_GREY)), Paragraph(face.marked_up(value), _style(face))]
        for name, value in facts
    ]
    table = Table(rows, colWidths=[0.2 * width, 0.8 * width])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]))
    return [Paragraph("Purchase order", _style(face, size=18, bold=True)), Spacer(1, 4 * mm), table, Spacer(1, 6 * mm)]


def _lines(order: Order, face: Typeface, width: float) -> LongTable:
    small, right = _style(face, size=8), _style(face, size=8, right=True)
    bold, bold_right = _style(face, size=8, bold=True), _style(face, size=8, bold=True, right=True)
    rows: list[list[Any]] = [
        [Paragraph(heading, bold_right if index in _AMOUNTS else bold) for index, heading in enumerate(_HEADINGS)]
    ]
    for line in order.lines:
        cells = _cells(line, order.currency)
        rows.append(
            [Paragraph(face.marked_up(cell), right if index in _AMOUNTS else small) for index, cell in enumerate(cells)]
        )
    table = LongTable(rows, colWidths=[share * width for share in _SHARES], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("LEFTPADDING", (1, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _cells(line: OrderLine, currency: str) -> tuple[str, ...]:
    total = line_total(line, currency)
    codes = [shortened(code, _LONGEST["code"]) for code in (line.sku, line.barcode) if code]
    return (
        shortened(line.supplier_sku, _LONGEST["code"]),
        " / ".join(codes),
        shortened(line.name, _LONGEST["name"]),
        _grouped(plain(line.quantity)),
        shortened(line.unit, _LONGEST["unit"]),
        "" if line.unit_cost is None else _grouped(cost_text(line.unit_cost, currency)),
        "" if total is None else _grouped(format(total, "f")),
    )


def _foot(order: Order, face: Typeface) -> list[Any]:
    total = f"Total {_grouped(format(order.total, 'f'))} {order.currency}"
    foot: list[Any] = [Spacer(1, 4 * mm), Paragraph(total, _style(face, size=11, bold=True, right=True))]
    if order.unpriced:
        some = (
            "One line has no agreed cost and is"
            if order.unpriced == 1
            else f"{order.unpriced} lines have no agreed cost and are"
        )
        foot.append(Paragraph(f"{some} not in the total.", _style(face, size=8, right=True)))
    if order.note:
        note = shortened(order.note, _LONGEST["note"])
        foot += [Spacer(1, 4 * mm), Paragraph(face.marked_up(note), _style(face))]
    texts = [order.store_name, order.supplier_name, order.note]
    texts += [
        text for line in order.lines for text in (line.name, line.sku, line.supplier_sku, line.barcode, line.unit)
    ]
    if any(face.lacks(text) for text in texts):
        said = f"Letters shown as “?” are not in this document’s typeface. {order.number}.csv has all of them."
        foot += [Spacer(1, 4 * mm), Paragraph(said, _style(face, size=8, colour=_GREY))]
    return foot


def _style(
    face: Typeface, *, size: int = 9, bold: bool = False, right: bool = False, colour: Any = colors.black
) -> ParagraphStyle:
    return ParagraphStyle(
        "order",
        fontName=face.bold if bold else face.regular,
        fontSize=size,
        leading=size * 1.3,
        textColor=colour,
        **({"alignment": TA_RIGHT} if right else {}),
    )


def _grouped(number: str) -> str:
    """Thousands set apart by a space that does not break: a comma is a decimal sign to half of all suppliers."""
    whole, point, fraction = number.partition(".")
    return f"{Decimal(whole):,}".replace(",", "\u00a0") + point + fraction
