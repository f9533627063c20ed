"""The workbench as a Flask application: its addresses, and the guard before them."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from flask import Blueprint, Flask, Response, render_template, request
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from fieldguide.load import TRANSLATIONS
from fieldguide.problems import ProblemsError
from fieldguide.reader import CONTENT
from fieldguide.review import Role
from fieldguide.workbench.desk import Desk
from fieldguide.workbench.forms import Forms
from fieldguide.workbench.pages import Pages
from fieldguide.workbench.record import Record
from fieldguide.workbench.safety import FORM_LIMIT, LOOPBACK, SOUND_LIMIT, Guard, sent
from fieldguide.workbench.words import LANGUAGES, isolated, plain, t, words_domain, words_language

VARIABLE = "FIELD_GUIDE_WORKBENCH"
"""Names the settings to the process that serves."""


@dataclass(frozen=True)
class Settings:
    """How a run was started: for one language or all, for whom, under which further names, behind which secret path."""

    language: str = ""
    alias: str = ""
    role: str = ""
    hosts: tuple[str, ...] = ()
    secret: str = ""

    def to_text(self) -> str:
        """The settings as a process hands them to another."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Settings":
        """The settings that `to_text` has written."""
        told = json.loads(text)
        return cls(**{**told, "hosts": tuple(told["hosts"])})


def new_secret() -> str:
    """A path that nobody guesses."""
    return secrets.token_urlsafe(16)


def create_app() -> Flask:
    """The application of this checkout, with the settings of the variable ``FIELD_GUIDE_WORKBENCH``."""
    return application(Desk(CONTENT, TRANSLATIONS), Settings.from_text(os.environ[VARIABLE]), date.today)


def application(desk: Desk, settings: Settings, today: Callable[[], date]) -> Flask:
    """The workbench over these files. ``today`` tells the day of a check."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = FORM_LIMIT
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(t=t, plain=plain, isolated=isolated, languages=LANGUAGES)
    babel = Babel(app)
    babel.domain_instance = words_domain()
    guard = Guard(LOOPBACK | frozenset(settings.hosts))
    role = Role(settings.role) if settings.role else None
    pages = Pages(desk, language=settings.language, alias=settings.alias, role=role, stamp=guard.stamp)
    bench = _blueprint(pages, Forms(pages, today), Record(pages, today))
    app.before_request(lambda: _guarded(guard, desk))
    app.register_blueprint(bench, url_prefix=f"/{settings.secret}" if settings.secret else None)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(ProblemsError, _troubled)
    app.after_request(lambda response: sent(response, request.endpoint))
    return app


def _blueprint(pages: Pages, forms: Forms, record: Record) -> Blueprint:
    bench = Blueprint("workbench", __name__, static_folder="static", template_folder="templates")

    words = f"<any({','.join(LANGUAGES.languages)}):words>"
    one = f"/{words}/<tag>/<unit_id>/"
    for rule, show in (
        ("/", pages.door),
        (f"/{words}/", pages.start),
        (f"/{words}/enter", pages.enter),
        (f"/{words}/<tag>/", pages.queue),
        (one, pages.sentence),
        (f"{one}blind", pages.blind),
        (f"{one}record", record.record),
        (f"{one}sound", record.sound),
        ("/guide/<path:path>", pages.guide),
    ):
        bench.add_url_rule(rule, show.__name__, show, methods=["GET"])
    for rule, do in (
        (one, forms.act),
        (f"{one}try", forms.look),
        (f"{one}undo", forms.undo),
        (f"{one}blind", forms.say_back),
        (f"{one}record", record.keep),
        (f"{one}withdraw", record.withdraw),
    ):
        bench.add_url_rule(rule, do.__name__, do, methods=["POST"])
    return bench


def _guarded(guard: Guard, desk: Desk) -> Response | None:
    """The refusal of a request, whether or not anything is at its address."""
    words_language((request.view_args or {}).get("words", "en"))
    if request.endpoint == "workbench.keep":
        request.max_content_length = SOUND_LIMIT
        request.max_form_memory_size = 2 * FORM_LIMIT  # while it reads a file, it holds a piece as large as a form
    refusal = guard.refusal(is_door=request.endpoint in ("workbench.door", "workbench.start"))
    if refusal:
        return Response(f"{refusal}\n", 403, mimetype="text/plain")
    if request.endpoint:
        desk.look()
    return None


def _refused(error: HTTPException) -> Response:
    """What no page stands for, in one plain line."""
    words = {
        404: "There is nothing at this address.",
        413: "That is more than fits into a sentence, or a minute of sound.",
    }
    return Response(f"{words.get(error.code or 500, error.description)}\n", error.code, mimetype="text/plain")


def _troubled(error: ProblemsError) -> Response:
    """Files that cannot be read: named, each with its remedy; what was typed is shown, so that nothing is lost."""
    typed = request.form.get("text", "")
    return Response(render_template("trouble.html", problems=error.problems, typed=typed), 503)
