// Browser mode of an installed package, which has neither sources nor Electron: built into dist/, and run by
// `cgi-workbench open [folder]`.
import { runBrowser } from "./browser.mjs";
import { parseWords, tellAndExit } from "./launch.mjs";

async function openBrowser() {
  await runBrowser({ folder: parseWords("start").folder, command: "cgi-workbench" });
  process.exit(0);
}

openBrowser().catch(tellAndExit);
