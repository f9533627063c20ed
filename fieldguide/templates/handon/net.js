// In one file, instead of static/js/net.js: nothing is fetched.

export const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));
