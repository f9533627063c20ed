"""A window with WebKitGTK in it that keeps its profile, for WebKitWebDriver to drive.

Run by Debian's Python, which has GTK:  webkit_window.py PROFILE [SETTING]
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")

from gi.repository import Gtk, WebKit2  # noqa: E402 - the versions are chosen first

OFF = {
    "no-script": ("JavaScriptMarkup",),
    "no-storage": ("CacheAPI", "Cookie", "LocalStorage", "SessionStorage"),
    "no-workers": ("ServiceWorkers",),
}
"""The features of WebKit that a setting turns off. Scripts of the driver run also where the page's do not."""


def build_context(profile: str, setting: str) -> WebKit2.WebContext:
    """What windows of one profile share."""
    if setting == "private":
        return WebKit2.WebContext.new_ephemeral()
    manager = WebKit2.WebsiteDataManager(base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache")
    return WebKit2.WebContext.new_with_website_data_manager(manager)


def build_settings(setting: str) -> WebKit2.Settings:
    """WebKitGTK's own choice of features, less those that the setting turns off."""
    settings = WebKit2.Settings()
    features = WebKit2.Settings.get_all_features()
    for feature in map(features.get, range(features.get_length())):
        if feature.get_identifier() in OFF.get(setting, ()):
            settings.set_feature_enabled(feature, False)
    return settings


def main(profile: str, setting: str) -> None:
    """Open a window whenever the driver asks for one, until it ends."""
    context = build_context(profile, setting)
    settings = build_settings(setting)

    def open_window(_session: WebKit2.AutomationSession) -> WebKit2.WebView:
        view = WebKit2.WebView(web_context=context, settings=settings, is_controlled_by_automation=True)
        window = Gtk.Window(default_width=360, default_height=740)
        view.connect("close", lambda _: window.destroy())
        window.add(view)
        window.show_all()
        return view

    def start(_context: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
        session.connect("create-web-view", open_window)
        session.connect("will-close", lambda _: Gtk.main_quit())

    context.set_automation_allowed(True)
    context.connect("automation-started", start)
    Gtk.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
