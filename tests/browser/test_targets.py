"""What is touched is as large as a thumb; a narrow or zoomed screen cuts nothing off; colour alone tells nothing."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from fieldguide.snapshot import Site

from .conftest import PHONE, Running
from .test_accessibility import unfold

pytestmark = pytest.mark.browser

ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
FEW = ["en/", "ar/w/money/", "en/o/farm/", "en/ready/"]

# Every control that stands alone, and what is wrong with it; a link in a sentence may be as small as its words, and so
# is the number of a source. What stands in the bar lies over the page, and is measured against the bar alone.
MEASURE = """({ side, room }) => {
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1;
  const isInSentence = (one) => {
    if (one.matches(".ref")) return true;
    if (!one.matches("a") || getComputedStyle(one).display !== "inline") return false;
    return [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
  };
  const kinds = ":is(a[href], button, summary, label.tick, input:not(.tick input))";
  const controls = [...document.querySelectorAll(`#page ${kinds}`)]
    .filter((one) => isSeen(one) && !one.matches(".skip") && !isInSentence(one))
    .map((one) => ({
      one, isFixed: one.closest(".bar, .cover") !== null, box: one.getBoundingClientRect(),
      name: `${one.tagName} ${one.className} "${one.innerText?.slice(0, 30)}"`,
    }));
  const wrong = [];
  controls.forEach(({ one, name, box, isFixed }, at) => {
    if (box.width < side - 0.1 || box.height < side - 0.1) wrong.push(`${name}: ${box.width} x ${box.height}`);
    for (const other of controls.slice(at + 1)) {
      if (isFixed !== other.isFixed || one.contains(other.one)) continue;
      const across = Math.max(box.left - other.box.right, other.box.left - box.right);
      const down = Math.max(box.top - other.box.bottom, other.box.top - box.bottom);
      const gap = Math.max(across, down);
      if (gap < room - 0.1) wrong.push(`${name} and ${other.name}: ${gap} apart`);
    }
  });
  return wrong;
}"""

# What is wider than the screen, or cut off in its own box.
CUT = """() => {
  const wide = document.documentElement.scrollWidth;
  const cut = [...document.querySelectorAll("#page *")]
    .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && !one.matches(".unseen"))
    .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    .map((one) => `${one.className || one.tagName} "${one.textContent.trim().slice(0, 30)}" is cut off`);
  return [...(wide > innerWidth ? [`${wide} px wide`] : []), ...cut];
}"""

# WCAG 1.4.12: text must stand more space between its lines, paragraphs, words and letters.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
PARAGRAPHS = "p { margin-block-end: 2em !important; }"
ADD = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}"""

# The focus on each thing that can have it, one after the other: is it seen, and not under the bar?
FOCUS = """() => {
  const wrong = [];
  const bar = document.querySelector(".bar");
  for (const one of document.querySelectorAll("#page :is(a[href], button, summary, input)")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    one.focus();
    const name = `${one.tagName} ${one.className} "${one.innerText?.slice(0, 30)}"`;
    const style = getComputedStyle(one);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`${name} shows no focus`);
    if (bar.contains(one) || one.matches(".skip, .cover")) continue;
    const box = one.getBoundingClientRect();
    const foot = bar.getBoundingClientRect().top;
    if (box.top < -1 && box.height < foot - 20) wrong.push(`${name} is above the screen: ${box.top}`);
    if (box.bottom > foot + 1 && box.height < foot - 20) wrong.push(`${name} is ${box.bottom - foot} px under the bar`);
  }
  return wrong;
}"""

# With the system's own colours: borders, drawings and states that must still be there. Chromium computes those colours.
FORCED = """() => {
  const wrong = [];
  const seen = (name) => [...document.querySelectorAll(`#page ${name}`)].filter((one) => one.checkVisibility());
  for (const one of seen(":is(button, .bar__leave, .call .number, .contents a, .tongues a, input[type=search])")) {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(one);
    const isEdged = borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1 && borderTopColor !== backgroundColor;
    if (!isEdged) wrong.push(`${one.className || one.tagName} "${one.innerText}" has no border`);
  }
  for (const one of seen(".pictogram")) {
    const { color } = getComputedStyle(one);
    if (color !== getComputedStyle(one.parentElement).color) wrong.push(`a pictogram is ${color}`);
  }
  return wrong;
}"""


def check(page: Page, running: Running, urls: list[str]) -> None:
    """Each page at the size of a phone and zoomed, and with the room between letters that a person may want."""
    wrong: list[str] = []
    for url in urls:
        page.set_viewport_size(PHONE)
        unfold(page, f"{running.address}/{url}")
        found: list[Any] = page.evaluate(MEASURE, {"side": 48, "room": 8}) + page.evaluate(FOCUS)
        page.set_viewport_size(ZOOMED)
        found += page.evaluate(CUT) + page.evaluate(FOCUS)
        page.evaluate(ADD, SPACED + PARAGRAPHS)
        found += page.evaluate(CUT)
        wrong += [f"{url}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


def test_a_few_pages(page: Page, tiny: Running) -> None:
    """One of each kind, also right to left."""
    check(page, tiny, FEW)


@pytest.mark.a11y
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("tag", ["en", "es", "ar"])
def test_every_page(page: Page, real: Running, real_site: Site, tag: str) -> None:
    """With every fold open and every hidden control shown."""
    urls = [url for url, artifact in real_site.artifacts.items() if artifact.media_type.startswith("text/html")]
    check(page, real, [url for url in urls if url.startswith(f"{tag}/")])


@pytest.mark.a11y
@pytest.mark.timeout(3600)
def test_the_first_pages_of_every_language(page: Page, real: Running, real_site: Site) -> None:
    """Long words, other scripts: the list of languages, start, numbers, pay and cards."""
    tags = [language.tag for language in real_site.registry if language.status != "spoken"]
    check(page, real, ["", *(f"{tag}/{rest}" for tag in tags for rest in ("", "w/numbers/", "w/pay/", "cards/"))])


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.a11y), "dark"])
def test_in_the_colours_of_the_system(chromium: Browser, real: Running, scheme: str) -> None:
    """Buttons keep their borders, drawings their lines, a touched answer its frame, found words their mark."""
    with chromium.new_context(viewport=PHONE, forced_colors="active", color_scheme=scheme) as context:
        page = context.new_page()
        for url in ("/", "/es/w/numbers/", "/en/o/agriculture/", "/en/ready/", "/en/cards/"):
            unfold(page, real.address + url)
            assert page.evaluate(FORCED) == [], url
        page.goto(f"{real.address}/es/cards/#en")
        page.locator("[data-do=understood]").click()
        page.locator("#A8 [data-answer=no] button").click()
        widths = "all => all.map((one) => getComputedStyle(one).borderTopWidth)"
        assert page.locator("#A8 .answers button").evaluate_all(widths) == ["1px", "4px", "1px", "1px", "1px"]
        ground = "(one) => getComputedStyle(one).backgroundColor"
        marked = (
            "() => { const mark = document.createElement('mark'); document.querySelector('main').append('a', mark); }"
        )
        page.evaluate(marked)
        assert page.locator("mark").evaluate(ground) != page.locator("html").evaluate(ground)
