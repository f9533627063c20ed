"""What a phone keeps, beside the bare text of its pages."""

from fieldguide.sizes import PackSize, bare_size, iter_sizes, visible
from fieldguide.snapshot import Site


def test_visible_text_is_what_a_reader_sees():
    """Tags, head and scripts are no text; each line once."""
    body = "<body>\n<p>One <em>two</em></p>\n\n<script>x</script>\n<p>three</p></body>"
    html = f"<html><head><title>T</title></head>{body}</html>"
    assert visible(html) == "One two\nthree"


def test_every_pack_is_measured(site: Site):
    """The parts of the index are what is counted; a pack of one part is its own stream."""
    sizes = {size.name: size for size in iter_sizes(site, lambda artifact: len(artifact.body))}
    assert list(sizes) == [pack.name for pack in site.packs]
    for pack in site.packs:
        size = sizes[pack.name]
        assert size.files == len(pack.files)
        assert size.bare == bare_size(pack)
        assert size.parts >= size.stream > 0
        assert size.index == len(site.artifacts[f"_/{pack.name}.json"].body)


def test_a_pack_passes_when_every_bar_is_met():
    """One stream 1.15, parts 1.25, with the index 1.30 times the bare text."""
    size = PackSize("text.xx", 3, bare=100, stream=115, parts=125, index=5, is_text=True)
    assert size.ratios == (1.15, 1.25, 1.30)
    assert size.passes
    assert not PackSize("text.xx", 3, bare=100, stream=116, parts=125, index=5, is_text=True).passes
    assert not PackSize("text.xx", 3, bare=100, stream=115, parts=125, index=6, is_text=True).passes
