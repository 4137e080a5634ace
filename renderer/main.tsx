// The page's start: theme before the first paint, stores that follow the server, then the window. Apart from app.tsx, because a
// file that renders is no boundary for hot reload.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/base.css";
import { App } from "./app/app.js";
import { listenForCommands } from "./app/shortcuts.js";
import { applyTheme } from "./app/theme.js";
import { followScripts } from "./features/composer/composer-store.js";
import { sendOnSave } from "./features/composer/send.js";
import { followSelection } from "./features/editor/follow-selection.js";
import { followFiles } from "./features/explorer/file-store.js";
import { followUnfolded } from "./features/explorer/unfolded-store.js";
import { followWorkspace } from "./features/workspace/workspace-store.js";
import { startConnecting } from "./rpc/store.js";

applyTheme();
followSelection();
followScripts();
followUnfolded();
followFiles();
followWorkspace();
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
