"""Field Guide: one guide, one snapshot, two outputs.

The package from the inside out; imports run in this order only, and a test holds it to that:

==============  ============================================================================
problems        one finding of a check, and the exception that carries all of them
editions        the number of an edition, as phones take it
languages       the registry of languages, and choosing one from an Accept-Language header
items           what stands in a section: units, claims, every kind of item; no I/O
decks           what a card and a deck of cards are
htcds           the words of a case data standard, for the recording form
model           what a guide is: pages, contacts, facts, sources; frozen dataclasses, no I/O
structure       parsed TOML -> dataclasses, strictly, all mistakes at once
artifact        one thing users can fetch: URL, bytes, media type
state           what the law of the deployment's state says, or that nobody filled it in
colours         a deployment's colours, readable on the guide's own backgrounds
sections        the format of a page's sections and of what stands in them, one dataclass a table
schema          the format of the content files
reader          ``content/`` (TOML) -> Guide and Registry
icon            a deployment's picture for phones: PNG, of the one size that they ask for
deployment      ``deployment.toml`` -> Deployment: one agency's choices
phones          phone numbers: parsed, shown, dialled; the only user of phonenumbers
hours           when somebody answers: the openings of a week in a time zone
contacts        a deployment's own contacts by role, and where they are shown
contact_tables  a contact as a file has it -> a contact, and all that is wrong with it
contacts_csv    a spreadsheet -> tables of contacts, with their lines
contact_files   the files of contacts that a deployment names
glossary        ``glossary.toml``: official renderings, and the ones that mislead
catalog         PO files -> Catalog -> PO files; the only user of polib
overlay         an agency's own pages and words, laid over the guide
markup          mini-markup and placeholders -> HTML
review          who checked a translation, and the state that follows
revise          what a person does to a text: words it anew, doubts it, remarks on it
sync            a catalog brought up to the English, keyed by unit id
mp3             the one format of recordings: frames of sound and nothing else
localize        units + catalogs -> the text really shown, its language and state
checks/         each ``check_*`` takes data and yields Problems
qr              an address as a QR code in a page; the only user of segno
urls            where every page lives; relative links
coverage        what a language's catalog holds, what its status promises, how far it is
joined          several scripts as one
scripts         the scripts as browsers get them: one for every page, a few that it loads when they are wanted
assets          ``static/`` -> artifacts at stable URLs
recordings      a text said aloud by a person, bound to its exact words
headers         the headers, one source for every output
robots          what search engines and browsers ask of the root of a host
security_txt    whom to tell of a fault, where those who look for faults look
interface       the words of the templates: their units, and gettext from memory
values          what placeholders stand for, in each language
near            a deployment's contact as a page of one language writes it
fold            what a file shares with files a phone has is sent as references
packs           what is kept together, and the parts it travels in
links           links as seen from one page in one language
wording         texts as one page in one language shows them: their language, state and sound
view            what the templates ask: wording and links, and what stands on the page
render          localized guide -> HTML; the one Jinja environment
print_sheets    sheets for paper: cards to cut and fold, lists, forms
snapshot        Site: everything that users can fetch, which nobody changes
rules           which headers go with which addresses, in few patterns
hosts           the rules as Netlify, Cloudflare, nginx and Caddy read them
offline         edition file, indexes, manifests, worker scripts
online          reading what a host or an uploaded folder has
filelist        the list of all files with their hashes
ingredients     what a site is made of, and the checks that need no rendering
site            build_site(): composes everything above into an immutable Site
chapters        a page of the site as a chapter of one file
handon          the hand-on file: one language in one HTML file
workers         the workers' side alone, for a domain of its own
against         what a build changes for phones that keep the one online
signing         keys, and the signature of the file list; the only user of cryptography
sizes           what lies in each folder, and what a phone keeps beside the bare text of its pages
compression     br and gzip variants, kept by content hash
beside          folders in the making beside what they become; those of killed builds cleared
writer          Site -> folder
verify          a folder or a host beside its file list
said            what cards say, read from the pages that show them
archive         the words of the cards of every build, for reports that cite them; the command ``card``
load            reads everything from disk and builds the site
web             create_app(): Flask serves the Site
context         one page for translators: English beside translation, each with its state
sheetwords      the words of review sheets, in the languages of those who fill them in
sheettable      the table of a review sheet: CSV out, and in as spreadsheets save it
sheets          a review sheet: a page that opens from a disk, paper, and the table
takeback        a review sheet that came back: reviews, new drafts, comments
encode          a sound of any kind -> MP3 as the guide ships it; the only user of ffmpeg
voices          a person's recordings taken in, and taken away again
audio           the verbs of the ``audio`` command
translations    the verbs of the ``translations`` command
due             the verbs of the ``contacts`` command
supply          the commands ``keygen`` and ``verify``
init            the command ``init``: a few questions, and a deployment of one's own
sbom            the lock file as a CycloneDX list of components
workbench/      where speakers correct, check and record, in a browser on their own machine
ports           a port of this machine, held by one server alone
build           the commands ``build`` and ``check``
serve           the commands ``serve`` and ``workbench``; the only user of granian
cli             the options of every command, and its exit code
==============  ============================================================================
"""
