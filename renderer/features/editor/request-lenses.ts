// Above each request of a `.http` file: Send. For the mouse and the eye: the same is
// a command, for the request at the cursor.
import type { editor } from "monaco-editor/editor";
import { linesIn } from "../../../server/formats/http-file/http-file.js";
import { parseHttpFile } from "../../../server/formats/http-file/parse-http-file.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { isRequestFile } from "../../model/request/request-files.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { throttle } from "../../platform/throttle.js";

const heightPx = 20;

/** For the life of the editor. */
export function showRequestLenses(instance: editor.IStandaloneCodeEditor): void {
  let zones: string[] = [];
  let shown = "";
  const draw = (): void => {
    const model = instance.getModel();
    const lines = model === null || !isOfRequests(model) ? [] : requestLines(model.getValue());
    const next = lines.join();
    if (next === shown) return;
    shown = next;
    instance.changeViewZones((accessor) => {
      for (const zone of zones) accessor.removeZone(zone);
      zones = lines.map((line) =>
        accessor.addZone({
          afterLineNumber: line - 1,
          heightInPx: heightPx,
          domNode: sendNode(instance, line),
          suppressMouseDown: true,
        }),
      );
    });
  };
  const drawSoon = throttle(draw);
  const listening = [
    instance.onDidChangeModel(() => {
      zones = []; // they went with the model before
      shown = "";
      draw();
    }),
    instance.onDidChangeModelContent(drawSoon),
  ];
  instance.onDidDispose(() => {
    for (const one of listening) one.dispose();
  });
  draw();
}

function isOfRequests(model: editor.ITextModel): boolean {
  return useDocuments.getState().open.some(({ path }) => isRequestFile(path) && bufferOf(path)?.model === model);
}

/** Of the request lines, from 1. */
function requestLines(text: string): readonly number[] {
  const placeOf = linesIn(text);
  return parseHttpFile(text).requests.map(({ method }) => placeOf(method.from).line);
}

function sendNode(instance: editor.IStandaloneCodeEditor, line: number): HTMLElement {
  const node = document.createElement("div");
  node.className = "editor-requests";
  const send = document.createElement("span");
  send.className = "editor-requests-send";
  send.textContent = "Send";
  send.title = hintOf("saved.sendAtCursor");
  for (const type of ["pointerdown", "mousedown"])
    send.addEventListener(type, (event) => {
      event.stopPropagation();
      event.preventDefault();
    });
  send.addEventListener("click", () => {
    instance.setPosition({ lineNumber: line, column: 1 });
    runCommand("saved.sendAtCursor");
  });
  node.append(send);
  return node;
}
