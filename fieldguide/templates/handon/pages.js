// In one file, instead of static/js/pages.js: its pages stand in the document.

export const canLoad = () => true;

export const linkTo = (url, at) => `#${at || document.querySelector(`[data-url="${url}"]`).id}`;

export const keptPages = async () =>
  [...document.querySelectorAll("[data-url]")].map(({ dataset, innerHTML }) => [dataset.url, mainOf(innerHTML)]);

const mainOf = (html) => `<main>${html.slice(0, html.lastIndexOf("<footer"))}</main>`;

export const indexesOf = async () => ({});

export const bytesOf = () => 0;

export const loadedPages = async () => [];
