"""Makes a font of the themes from one of the design system: `python3 font.py IN OUT`.

Every character stays. Hints, which screens of today do not use, and rules of layout but for kerning and ligatures are left
out, which takes a third off. The license reserves the name of a font that was changed, so it gets another one.
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RESERVED, NAME = "Source", "Portolan"

# The same bytes on every day.
font = TTFont(sys.argv[1], recalcTimestamp=False)
options = Options(hinting=False, layout_features=["kern", "liga"], name_IDs=["*"], notdef_outline=True)
subsetter = Subsetter(options)
subsetter.populate(unicodes=font.getBestCmap().keys())
subsetter.subset(font)
for record in font["name"].names:
    # Copyright and license name the font that this one was made from, and must.
    if record.nameID in (1, 3, 4, 6, 16, 18):
        record.string = record.toUnicode().replace(RESERVED, NAME)
font.flavor = "woff2"
font.save(sys.argv[2])
