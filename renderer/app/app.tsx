// The window: header, what fits the moment (first page or workbench), status bar, and the dialogs above them.
import { useEffect } from "react";
import { NewFileDialog } from "../features/explorer/new-file-dialog.js";
import { FolderDialog } from "../features/workspace/folder-dialog.js";
import { Welcome } from "../features/workspace/welcome.js";
import { useWorkspace } from "../features/workspace/workspace-store.js";
import { useServer } from "../rpc/store.js";
import { TooltipGroup } from "../ui/tooltip.js";
import { ConnectionBanner, Notices } from "./banners.js";
import { Header } from "./header.js";
import { Palette } from "./palette.js";
import { Refused } from "./refused.js";
import { StatusBar } from "./status-bar.js";
import { Workbench } from "./workbench.js";
import "./app.css";

export function App() {
  const workspace = useWorkspace((store) => store.workspace);
  const isRefused = useServer(({ connection, state }) => connection === "refused" && state === null);
  const isKnown = useServer(({ state }) => state !== null);
  useEffect(() => {
    document.title = workspace ? `${workspace.name} – CGI Workbench` : "CGI Workbench";
  }, [workspace]);
  if (isRefused) return <Refused />;
  return (
    <TooltipGroup>
      <div className="app">
        <Header />
        <ConnectionBanner />
        {/* Before the first state it is not known whether there is a folder: an empty place, no page that would be taken away again. */}
        {workspace ? <Workbench /> : isKnown ? <Welcome /> : <main className="app-waiting" aria-busy="true" />}
        <StatusBar />
      </div>
      <Notices />
      <FolderDialog />
      <NewFileDialog />
      <Palette />
    </TooltipGroup>
  );
}
