// A precaching worker for a folder, as Workbox makes it by default.
const { generateSW } = require("workbox-build");

const [, , folder, out] = process.argv;
generateSW({
  globDirectory: folder,
  globPatterns: ["**/*.{html,css,js,svg,png}"],
  swDest: out,
  inlineWorkboxRuntime: true,
  sourcemap: false,
  clientsClaim: true,
  skipWaiting: true,
}).then(({ count, size }) => console.log(`${count} files, ${size} bytes`));
