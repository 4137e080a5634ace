// Preloaded into Electron (`-r`): holds "ready" back until the driver is attached to both debuggers. Playwright does so itself only where
// it finds Electron on its own; with a path it attaches while the window is being made, and about one start in twelve never came through.
const { dirname, join } = require("node:path");

// The loader cuts the flags before its own out of process.argv. The app's must stay, and their number, which Electron counts on.
const argv = process.argv.map((word) => (word === __filename ? "--held" : word));
require(join(dirname(require.resolve("playwright-core/package.json")), "lib/server/electron/loader.js"));
process.argv = argv;
