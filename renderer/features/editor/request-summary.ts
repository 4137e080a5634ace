// Above the first line of a script: how many requests to it are known, how long half of them took at most, and Send.
// For the mouse and the eye: the command sends by keyboard, the graph and the list have the same facts as text.
import type { editor } from "monaco-editor/editor";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { useFiles } from "../../model/folder/file-store.js";
import { requestLabel } from "../../model/traces/request-label.js";
import { useRequests } from "../../model/traces/requests.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { throttle } from "../../platform/throttle.js";

const heightPx = 20;

/** For the life of the editor. */
export function showRequestSummary(instance: editor.IStandaloneCodeEditor): void {
  const { node, say } = summaryNode();
  let zone: string | null = null;
  const draw = (): void => {
    const path = scriptIn(instance.getModel());
    const { rows, isCut } = useRequests.getState();
    if (path !== null) say(requestLabel(rows, path, isCut));
    if ((path !== null) === (zone !== null)) return;
    instance.changeViewZones((zones) => {
      if (zone !== null) zones.removeZone(zone);
      zone =
        path === null
          ? null
          : zones.addZone({ afterLineNumber: 0, heightInPx: heightPx, domNode: node, suppressMouseDown: true });
    });
  };
  const drawSoon = throttle(draw);
  const listening = instance.onDidChangeModel(() => {
    zone = null; // it went with the model before
    draw();
  });
  const following = [
    useRequests.subscribe(({ rows }, before) => rows !== before.rows && drawSoon()),
    useFiles.subscribe(({ byPath }, before) => byPath !== before.byPath && draw()),
  ];
  instance.onDidDispose(() => {
    listening.dispose();
    for (const stop of following) stop();
  });
  draw();
}

/** The path of the shown text when it is a script. */
function scriptIn(model: editor.ITextModel | null): string | null {
  const shown = model && useDocuments.getState().open.find(({ path }) => bufferOf(path)?.model === model);
  return shown && useFiles.getState().byPath.get(shown.path)?.mode != null ? shown.path : null;
}

function summaryNode(): { readonly node: HTMLElement; readonly say: (words: string) => void } {
  const node = document.createElement("div");
  node.className = "editor-requests";
  const words = document.createElement("span");
  const send = document.createElement("span");
  send.className = "editor-requests-send";
  send.textContent = "Send";
  send.title = hintOf("request.send");
  for (const type of ["pointerdown", "mousedown"]) send.addEventListener(type, keepFromEditor);
  send.addEventListener("click", () => runCommand("request.send"));
  node.append(words, " · ", send);
  return {
    node,
    say: (label) => {
      words.textContent = label;
    },
  };
}

/** It would take the focus, go to its cursor, and the pointer would be let go above something else. */
function keepFromEditor(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
