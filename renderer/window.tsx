// The window: theme before the first paint, stores that follow the server, then what is shown. Loaded by main.ts once
// localStorage has what the window remembers: many stores read it as their module runs.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/list.css";
import "./ui/projector.css";
import { allCommands } from "./commands.js";
import { followHistory } from "./features/composer/history.js";
import { followJar } from "./features/composer/jar-store.js";
import { followSent } from "./features/composer/last-sent.js";
import { followFields } from "./features/composer/raw-fill.js";
import { sendOnSave, stopWithFolder } from "./features/composer/send.js";
import { followExpanded } from "./features/explorer/expanded-folders.js";
import { followRecentFiles } from "./features/explorer/recent-files.js";
import { followNewest } from "./features/traces/follow-newest.js";
import { followListState } from "./features/traces/list-state.js";
import { followBreakpoints } from "./model/debug/breakpoints.js";
import { followSelection } from "./model/documents/follow-selection.js";
import { followLastUsed, forgetRowsWithFolder } from "./model/folder/explorer-state.js";
import { followFiles } from "./model/folder/file-store.js";
import { followSamples } from "./model/folder/samples-store.js";
import { followWorkspace } from "./model/folder/workspace-store.js";
import { followLinks } from "./model/links/deep-link.js";
import { followScripts } from "./model/request/composer-store.js";
import { followLastStatus } from "./model/traces/last-status.js";
import { untilListed } from "./model/traces/list.js";
import { followList } from "./model/traces/list-feed.js";
import { followRequests } from "./model/traces/requests.js";
import { followSaves } from "./model/traces/save-marks.js";
import { followStore } from "./model/traces/stored-rows.js";
import { registerCommands } from "./platform/command-registry.js";
import { ErrorBoundary } from "./platform/error-boundary.js";
import { loadPartsWhenIdle } from "./platform/lazy-part.js";
import { applyProjector } from "./platform/projector.js";
import { listenForCommands } from "./platform/shortcuts.js";
import { keepStylesheets } from "./platform/stylesheets.js";
import { applyTheme } from "./platform/theme.js";
import { beforeIdle, whenIdle } from "./platform/when-idle.js";
import { keepMemory } from "./platform/window-memory.js";
import { type AskedConnection, startConnecting, untilAnswered } from "./rpc/store.js";
import { App } from "./shell/app.js";

/** What is not open yet is fetched after the first rows, but waits for them no longer than this. */
const rowsFirstMs = 1000;

/** `connecting`: the page's first connection. */
export function openWindow(connecting: Promise<AskedConnection>): void {
  registerCommands(allCommands);
  applyTheme();
  applyProjector();
  keepStylesheets();
  followSelection();
  followScripts();
  followHistory();
  followSent();
  followJar();
  followFields();
  stopWithFolder();
  followExpanded();
  followRecentFiles();
  followBreakpoints();
  followFiles();
  followRequests();
  followLastStatus();
  followLastUsed();
  forgetRowsWithFolder();
  followWorkspace();
  followLinks();
  followSamples();
  followStore();
  followNewest();
  followSaves(); // before the save sends a request: the mark is the older of the two
  sendOnSave();
  listenForCommands();
  keepMemory();
  whenIdle(() => void sayWhatReloadEnded());
  followListState();
  followList();
  beforeIdle(untilListed(AbortSignal.timeout(rowsFirstMs)));
  beforeIdle(untilAnswered()); // without an answer there is nothing to show
  startConnecting(connecting);

  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no element with the id root");
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary part="The window">
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
  loadPartsWhenIdle();
}

const sayWhatReloadEnded = async (): Promise<void> =>
  (await import("./features/debug/reload-note.js")).sayWhatReloadEnded();
