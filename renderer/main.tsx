// The page's start: theme before the first paint, stores that follow the server, then the window. Apart from app.tsx, because a
// file that renders is no boundary for hot reload.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/projector.css";
import { App } from "./app/app.js";
import { followLinks } from "./app/deep-link.js";
import { loadTheRestWhenIdle } from "./app/later.js";
import { applyProjector } from "./app/projector.js";
import { listenForCommands } from "./app/shortcuts.js";
import { applyTheme } from "./app/theme.js";
import { followScripts } from "./features/composer/composer-store.js";
import { followHistory } from "./features/composer/history.js";
import { followJar } from "./features/composer/jar-store.js";
import { sendOnSave } from "./features/composer/send.js";
import { followSelection } from "./features/editor/follow-selection.js";
import { followLastUsed } from "./features/explorer/explorer-store.js";
import { followFiles } from "./features/explorer/file-store.js";
import { followLastStatus } from "./features/explorer/last-status.js";
import { followRecentFiles } from "./features/explorer/recent-files.js";
import { followUnfolded } from "./features/explorer/unfolded-store.js";
import { followSamples } from "./features/samples/samples-store.js";
import { followWorkspace } from "./features/workspace/workspace-store.js";
import { startConnecting } from "./rpc/store.js";

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
