// In one file, instead of static/js/files.js: there is no other file.

export const fetched = async () => ({ default: {} });
