// The doctor's findings in the editor: before a run when a file is opened, edited or saved, after a run until the text
// changes. Each marker has its fixes (Ctrl+. or the lightbulb), and a way to the explanation.
import type { editor, IDisposable, languages } from "monaco-editor/editor";
import { fixId } from "../../../server/contract/doctor-contract.js";
import type { Marker } from "../../../server/contract/fix-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf, type Monaco } from "../../model/documents/text-buffers.js";
import { noteChecked } from "../../model/folder/checked-files.js";
import { newestRow } from "../../model/traces/requests.js";
import { readRules, useRulesStore } from "../../model/traces/rules-store.js";
import { knownRow, useTraceStore } from "../../model/traces/trace-store.js";
import { useWithheld } from "../../model/traces/withheld.js";
import { openDialog } from "../../platform/dialogs.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { applyFix } from "./apply-fix.js";
import { FileMarkers } from "./file-markers.js";

// The request that proves a fix made from the editor: the selected one if it ran that script, else the newest that did.
// Only what may be sent twice without harm.
const harmless = new Set(["GET", "HEAD"]);

function provingTrace(path: string): string | null {
  const ran = (row: TraceRow): boolean => row.file === path && row.outcome !== null && harmless.has(row.method);
  const selected = knownRow(useSelection.getState().traceId);
  return (selected && ran(selected) ? selected : newestRow(ran))?.id ?? null;
}

const owner = "doctor";
const fixCommand = "doctor.fix";
const explainCommand = "doctor.explain";

const files = new Map<
  string,
  { readonly markers: FileMarkers; readonly model: editor.ITextModel; readonly listening: IDisposable }
>();
let isFollowing = false;

/** From the first editor on. Once. */
export function followMarkers(monaco: Monaco): void {
  if (isFollowing) return;
  isFollowing = true;
  const show = (path: string): void => {
    const file = files.get(path);
    if (!file || file.model.isDisposed()) return;
    const markers = shownOf(file.markers);
    monaco.editor.setModelMarkers(file.model, owner, markers.map(toMarkerData(monaco)));
    noteChecked(path, {
      errors: markers.filter(({ severity }) => severity === "error").length,
      unchecked: file.markers.unchecked,
    });
  };
  const follow = (): void => {
    const open = useDocuments.getState().open.filter((document) => document.kind === "text");
    for (const [path, { model, listening }] of files) {
      if (open.some((document) => document.path === path) && bufferOf(path)?.model === model) continue;
      listening.dispose();
      files.get(path)?.markers.dispose();
      files.delete(path);
      noteChecked(path, null);
    }
    for (const { path, hash, executable } of open) {
      const buffer = bufferOf(path);
      if (!buffer) continue;
      const known = files.get(path);
      if (known) known.markers.onDisk(hash, executable);
      else {
        const markers = new FileMarkers(path, () => show(path));
        const listening = buffer.model.onDidChangeContent(() => markers.edited());
        files.set(path, { markers, model: buffer.model, listening });
        markers.onDisk(hash, executable);
      }
    }
  };
  const followTraces = (): void => {
    for (const { markers } of files.values()) markers.traced();
  };
  readRules(useServer.getState().client);
  follow();
  useServer.subscribe(({ client, state }, before) => {
    if (state?.workspace?.configRev !== before.state?.workspace?.configRev)
      for (const { markers } of files.values()) markers.configured();
    if (client === null || client === before.client) return;
    readRules(client);
    for (const { markers } of files.values()) markers.reconnected();
  });
  useDocuments.subscribe(follow);
  useTraceStore.subscribe(followTraces);
  useWithheld.subscribe(() => [...files.keys()].forEach(show));
  monaco.editor.registerCommand(
    fixCommand,
    (_accessor: unknown, path: unknown, id: unknown, title: unknown, rule: unknown, about: unknown) => {
      const knownId = fixId.safeParse(id).data;
      if (knownId === undefined) return;
      const finding = { rule: String(rule), title: String(about) };
      const fix = { id: knownId, title: String(title) };
      applyFix({ path: String(path), fix, finding, traceId: provingTrace(String(path)) }, null).then(
        (refusal) => refusal && notify("bad", problemText(refusal)),
        (error: unknown) => notifyFailure(`“${fix.title}” failed`, error),
      );
    },
  );
  monaco.editor.registerCommand(explainCommand, (_accessor: unknown, rule: unknown) =>
    openDialog("rules", String(rule)),
  );
  monaco.languages.registerCodeActionProvider(
    "*",
    { provideCodeActions: (model, range) => actionsAt(monaco, model, range) },
    { providedCodeActionKinds: ["quickfix"] },
  );
}

function actionsAt(
  monaco: Monaco,
  model: editor.ITextModel,
  range: Parameters<languages.CodeActionProvider["provideCodeActions"]>[1],
): languages.CodeActionList {
  const [path, file] = [...files].find(([, known]) => known.model === model) ?? [];
  const here = (file ? shownOf(file.markers) : []).filter(
    (marker) => marker.line <= range.endLineNumber && marker.endLine >= range.startLineNumber,
  );
  const actions = here.flatMap((marker): languages.CodeAction[] => {
    const diagnostics = [toMarkerData(monaco)(marker)];
    const fixes = marker.fixes.map(
      (fix, index): languages.CodeAction => ({
        title: fix.title,
        kind: "quickfix",
        isPreferred: index === 0,
        diagnostics,
        command: { id: fixCommand, title: fix.title, arguments: [path, fix.id, fix.title, marker.rule, marker.title] },
      }),
    );
    const title = `Explain: ${wordsOf(marker.title)}`;
    if (!useRulesStore.getState().rules?.some(({ id }) => id === marker.rule)) return fixes;
    return [
      ...fixes,
      { title, kind: "quickfix", diagnostics, command: { id: explainCommand, title, arguments: [marker.rule] } },
    ];
  });
  return { actions, dispose: () => {} };
}

/** A lesson keeps some of them back. */
function shownOf(markers: FileMarkers): readonly Marker[] {
  const { findings, fixes } = useWithheld.getState();
  if (findings) return [];
  return fixes ? markers.all().map((marker) => ({ ...marker, fixes: [] })) : markers.all();
}

const toMarkerData =
  (monaco: Monaco) =>
  ({ rule, severity, title, detail, line, column, endLine, endColumn }: Marker): editor.IMarkerData => ({
    severity: {
      error: monaco.MarkerSeverity.Error,
      warning: monaco.MarkerSeverity.Warning,
      hint: monaco.MarkerSeverity.Info,
    }[severity],
    message: `${wordsOf(title)}\n${wordsOf(detail)}`,
    source: "doctor",
    code: rule,
    startLineNumber: line,
    startColumn: column,
    endLineNumber: endLine,
    endColumn,
  });
