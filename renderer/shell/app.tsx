// The window: header, what fits the moment (first page or workbench), status bar, and the dialogs above them.
import { type ComponentType, useEffect } from "react";
import { useWorkspace } from "../model/folder/workspace-store.js";
import { ErrorBoundary } from "../platform/error-boundary.js";
import { idlePart, lazyPart } from "../platform/lazy-part.js";
import { usePresentation } from "../platform/presentation.js";
import { useServer } from "../rpc/store.js";
import { TooltipGroup } from "../ui/tooltip.js";
import { ConnectionBanner, Notices } from "./banners.js";
import { Header } from "./header.js";
import { StatusBar } from "./status-bar.js";
import "./app.css";

const Welcome = lazyPart(async () => (await import("../features/workspace/welcome.js")).Welcome);
const TrustLine = idlePart(async () => (await import("../features/workspace/trust-line.js")).TrustLine);
const Workbench = lazyPart(async () => (await import("./workbench.js")).WorkbenchPanes);
const DebugBar = idlePart(async () => (await import("../features/debug/debug-bar.js")).DebugBar);
const ModeComparison = idlePart(
  async () => (await import("../features/mode-comparison/mode-comparison.js")).ModeComparison,
);
const Presentation = idlePart(async () => (await import("../features/present/presentation.js")).Presentation);

/** Each in its own boundary: one that fails takes none of the others away. */
const dialogs: readonly ComponentType[] = [
  idlePart(async () => (await import("../features/workspace/folder-dialog.js")).FolderDialog),
  idlePart(async () => (await import("../features/explorer/new-file-dialog.js")).NewFileDialog),
  idlePart(async () => (await import("../features/settings/settings-dialog.js")).SettingsDialog),
  idlePart(async () => (await import("../features/samples/samples-dialogs.js")).SamplesDialogs),
  idlePart(async () => (await import("../features/explorer/ask-dialog.js")).AskDialog),
  idlePart(async () => (await import("../features/explorer/quick-open.js")).QuickOpen),
  idlePart(async () => (await import("../features/curl/paste-dialog.js")).PasteDialog),
  idlePart(async () => (await import("../features/exchange/export-dialog.js")).ExportDialog),
  idlePart(async () => (await import("../features/exchange/open-dialog.js")).OpenTracesDialog),
  idlePart(async () => (await import("../features/variations/vary-dialog.js")).VaryDialog),
  idlePart(async () => (await import("../features/hold/hold-dialog.js")).HoldDialog),
  idlePart(async () => (await import("../features/debug/debug-dialogs.js")).DebugDialogs),
  idlePart(async () => (await import("../features/saved/save-dialog.js")).SaveDialog),
  idlePart(async () => (await import("../features/traces/later.js")).TraceDialogs),
  idlePart(async () => (await import("./link-dialog.js")).LinkDialog),
  idlePart(async () => (await import("../features/doctor/rules-dialog.js")).RulesDialog),
  idlePart(async () => (await import("../features/doctor/problems-dialog.js")).ProblemsDialog),
  idlePart(async () => (await import("../features/doctor/compile-dialog.js")).CompileDialog),
  idlePart(async () => (await import("../features/folder-encodings/encodings-dialog.js")).EncodingsDialog),
  idlePart(async () => (await import("../features/latency/figures-dialog.js")).FiguresDialog),
  idlePart(async () => (await import("./seldom-dialogs.js")).SeldomDialogs),
  idlePart(async () => (await import("../features/lessons/course-dialog.js")).CourseDialog),
  idlePart(async () => (await import("../features/help/help-dialogs.js")).HelpDialogs),
  idlePart(async () => (await import("../features/modes/mode-menu.js")).ModeMenu),
  idlePart(async () => (await import("./palette.js")).Palette),
];

export function App() {
  const workspace = useWorkspace((store) => store.workspace);
  const isRefused = useServer(({ connection, state }) => connection === "refused" && state === null);
  const isAway = useServer(({ connection }) => connection === "lost" || connection === "refused");
  const isKnown = useServer(({ state }) => state !== null);
  const isPresenting = usePresentation(({ isOn }) => isOn);
  const isUntrusted = useServer(({ state }) => state?.workspace != null && state.workspace.trust.state !== "trusted");
  useEffect(() => {
    document.title = workspace ? `${workspace.name} – CGI Workbench` : "CGI Workbench";
  }, [workspace]);
  if (isRefused) return <Refused />;
  return (
    <TooltipGroup>
      {/* Hidden, not removed: it is as it was when the presentation goes. */}
      <div className={isAway ? "app app-away" : "app"} inert={isPresenting}>
        <Header />
        <ConnectionBanner />
        {isUntrusted && <TrustLine />}
        <DebugBar />
        {/* Before the first state it is not known whether there is a folder: an empty place, no page that would be taken away again. */}
        <ErrorBoundary key={workspace ? "workbench" : "first"} part={workspace ? "The workbench" : "The first page"}>
          {workspace ? <Workbench /> : isKnown ? <Welcome /> : <main className="app-waiting" aria-busy="true" />}
        </ErrorBoundary>
        <ErrorBoundary part="“Ways to run”" isAbove>
          <ModeComparison />
        </ErrorBoundary>
        <StatusBar />
      </div>
      <ErrorBoundary part="The presentation" isAbove>
        <Presentation />
      </ErrorBoundary>
      <Notices />
      {dialogs.map((Dialog, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <ErrorBoundary key={place} part="A dialog" isAbove>
          <Dialog />
        </ErrorBoundary>
      ))}
    </TooltipGroup>
  );
}

// Shown instead of the window when the server refuses this page.
function Refused() {
  const why = useServer((knowledge) => knowledge.lostWhy);
  return (
    <main className="ui-empty" role="alert">
      <strong>This page is not connected</strong>
      <p>{why}</p>
    </main>
  );
}
