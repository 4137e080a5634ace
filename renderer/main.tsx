// The page's start: theme before the first paint, stores that follow the server, then the window. Apart from app.tsx, because a
// file that renders is no boundary for hot reload.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/projector.css";
import { byteCommands } from "./features/bytes/commands.js";
import { composerCommands } from "./features/composer/commands.js";
import { followHistory } from "./features/composer/history.js";
import { followJar } from "./features/composer/jar-store.js";
import { sendOnSave } from "./features/composer/send.js";
import { curlCommands } from "./features/curl/commands.js";
import { doctorCommands } from "./features/doctor/commands.js";
import { editorCommands } from "./features/editor/commands.js";
import { encodingCommands } from "./features/encoding/commands.js";
import { explorerCommands } from "./features/explorer/commands.js";
import { followUnfolded } from "./features/explorer/expanded-folders.js";
import { followRecentFiles } from "./features/explorer/recent-files.js";
import { diffCommands } from "./features/file-diff/commands.js";
import { latencyCommands } from "./features/latency/commands.js";
import { modeCommands } from "./features/modes/commands.js";
import { responseCommands } from "./features/response/commands.js";
import { samplesCommands } from "./features/samples/commands.js";
import { serverCommands } from "./features/server/commands.js";
import { settingsCommands } from "./features/settings/commands.js";
import { tourCommands } from "./features/tour/commands.js";
import { traceCommands } from "./features/traces/commands.js";
import { workersCommands } from "./features/workers/commands.js";
import { workspaceCommands } from "./features/workspace/commands.js";
import { followLinks } from "./model/deep-link.js";
import { followSelection } from "./model/documents/follow-selection.js";
import { followLastUsed } from "./model/folder/explorer-state.js";
import { followFiles } from "./model/folder/file-store.js";
import { followSamples } from "./model/folder/samples-store.js";
import { followWorkspace } from "./model/folder/workspace-store.js";
import { followScripts } from "./model/request/composer-store.js";
import { followLastStatus } from "./model/traces/last-status.js";
import { registerCommands } from "./platform/command-registry.js";
import { loadTheRestWhenIdle } from "./platform/lazy-part.js";
import { applyProjector } from "./platform/projector.js";
import { listenForCommands } from "./platform/shortcuts.js";
import { applyTheme } from "./platform/theme.js";
import { startConnecting } from "./rpc/store.js";
import { App } from "./shell/app.js";
import { viewCommands } from "./shell/view-commands.js";

registerCommands({
  ...byteCommands,
  ...composerCommands,
  ...curlCommands,
  ...doctorCommands,
  ...editorCommands,
  ...encodingCommands,
  ...explorerCommands,
  ...diffCommands,
  ...latencyCommands,
  ...modeCommands,
  ...responseCommands,
  ...samplesCommands,
  ...serverCommands,
  ...settingsCommands,
  ...tourCommands,
  ...traceCommands,
  ...workersCommands,
  ...workspaceCommands,
  ...viewCommands,
});
applyTheme();
applyProjector();
followSelection();
followScripts();
followHistory();
followJar();
followUnfolded();
followRecentFiles();
followFiles();
followLastStatus();
followLastUsed();
followWorkspace();
followLinks();
followSamples();
sendOnSave();
listenForCommands();
startConnecting();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
loadTheRestWhenIdle();
