"""A module of ``static/js`` from within a page: as the build joined it, the very one that the page itself uses."""

MODULE = """(async (name) => {
  while (!self.fg?.app_js) await new Promise((resume) => setTimeout(resume, 20));
  for (const file of ["tools", "ready", "search", "open"]) if (!fg[`${name}_js`]) await fg.files_js.load(file);
  return fg[`${name}_js`];
})"""
"""A JavaScript function that gives it by its name; each page of the guide can evaluate it."""
