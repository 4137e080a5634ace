// In an editor: breakpoints in the margin, the line where the script stands, values behind the lines, and what was
// raised under its line.
import type { editor } from "monaco-editor/editor";
import type { Breakpoint } from "../../../server/contract/debug-contract.js";
import {
  breakpointAt,
  breakpointsIn,
  setBreakpoints,
  toggleBreakpoint,
  useBreakpoints,
} from "../../model/debug/breakpoints.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf, type Monaco } from "../../model/documents/text-buffers.js";
import { openDialog } from "../../platform/dialogs.js";
import { breakpointWords } from "./breakpoint-words.js";
import { shownFrame, useDebug } from "./debug-store.js";
import { functionStart, namesIn } from "./expressions.js";
import { hoverValues } from "./hover-values.js";
import "./debug.css";

const maxValue = 60;
const maxValues = 110;

/** The file whose text a model has; null: none that is open. */
export function pathOf(model: editor.ITextModel | null): string | null {
  return useDocuments.getState().open.find(({ path }) => bufferOf(path)?.model === model)?.path ?? null;
}

/** For the life of the editor. */
export function showDebugMarks(monaco: Monaco, instance: editor.IStandaloneCodeEditor): void {
  hoverValues(monaco);
  const { GUTTER_GLYPH_MARGIN } = monaco.editor.MouseTargetType;
  const points = instance.createDecorationsCollection();
  const offered = instance.createDecorationsCollection();
  const place = instance.createDecorationsCollection();
  const values = instance.createDecorationsCollection();
  let raised: { readonly zone: string; readonly what: string } | null = null;
  let revealed: unknown = null;

  /** What was raised, as a line under the one where that happened. */
  const showRaised = (line: number, text: string | null): void => {
    const what = text === null ? null : `${line} ${text}`;
    if (what === (raised?.what ?? null)) return;
    instance.changeViewZones((zones) => {
      if (raised !== null) zones.removeZone(raised.zone);
      const domNode = document.createElement("div");
      domNode.className = "debug-raised";
      domNode.textContent = text;
      raised =
        what === null ? null : { what, zone: zones.addZone({ afterLineNumber: line, heightInLines: 1, domNode }) };
    });
  };

  const drawPoints = (): void => {
    const path = pathOf(instance.getModel());
    const list = path === null ? [] : breakpointsIn(path);
    const { placed, moved } = useDebug.getState();
    const places = placed.get(path ?? "");
    points.set(
      list.map((one, index) => {
        const first = places?.length === list.length ? places[index] : undefined;
        const found = moved.get(first?.id ?? Number.NaN) ?? first;
        return glyph(monaco, one.line, kindOf(one, found?.verified !== false), wordsOf(one, found?.message ?? null));
      }),
    );
  };
  const drawPlace = (): void => {
    const { phase, stop, knownAt, locals, ...state } = useDebug.getState();
    const frame = phase === "stopped" ? shownFrame({ stop, frame: state.frame }) : null;
    const model = instance.getModel();
    const isHere = frame !== null && model !== null && frame.path === pathOf(model);
    if (!isHere || frame.line > model.getLineCount()) {
      for (const each of [place, values]) each.clear();
      showRaised(0, null);
      return;
    }
    const isRaised = stop?.exception != null;
    const tone = isRaised ? "bad" : "warn";
    const range = new monaco.Range(frame.line, 1, frame.line, 1);
    const options = {
      isWholeLine: true,
      className: `debug-at debug-at-${tone}`,
      glyphMarginClassName: `debug-arrow debug-arrow-${tone}`,
    };
    place.set([{ range, options }]);
    showRaised(frame.line, stop?.exception ?? null);
    values.set(
      knownAt === stop
        ? valuesBehind(monaco, model, frame.line, new Map(locals.map(({ name, value }) => [name, value])))
        : [],
    );
    if (revealed === frame) return;
    revealed = frame;
    instance.revealLineInCenterIfOutsideViewport(frame.line);
  };
  const draw = (): void => {
    drawPoints();
    drawPlace();
  };
  /** Moves the breakpoints to the lines where the text has taken them. */
  const follow = (): void => {
    const path = pathOf(instance.getModel());
    if (path === null || points.length === 0) return;
    const lines = points.getRanges().map(({ startLineNumber }) => startLineNumber);
    const list = breakpointsIn(path);
    if (lines.length !== list.length || lines.every((line, index) => line === list[index]?.line)) return;
    setBreakpoints(
      path,
      list.map((one, index) => ({ ...one, line: lines[index] ?? one.line })),
    );
  };
  const at = ({ type, position }: editor.IMouseTarget): { readonly path: string; readonly line: number } | null => {
    const path = pathOf(instance.getModel());
    if (type !== GUTTER_GLYPH_MARGIN || path === null) return null;
    return { path, line: position.lineNumber };
  };
  const listening = [
    instance.onDidChangeModel(() => {
      revealed = null;
      raised = null; // the zones went with the text before
      draw();
    }),
    instance.onDidChangeModelContent(follow),
    instance.onMouseDown(({ target, event }) => {
      const found = event.leftButton ? at(target) : null;
      if (!found) return;
      offered.clear(); // on one line they would be one
      toggleBreakpoint(found.path, found.line);
    }),
    instance.onContextMenu(({ target }) => {
      const found = at(target);
      if (found) openDialog("breakpoint", `${found.line} ${found.path}`);
    }),
    instance.onMouseMove(({ target }) => {
      const found = at(target);
      const isOffered = found !== null && breakpointAt(found.path, found.line) === null;
      offered.set(isOffered ? [glyph(monaco, found.line, "debug-point debug-point-offered", null)] : []);
    }),
    instance.onMouseLeave(() => offered.clear()),
  ];
  const stops = [
    useBreakpoints.subscribe(drawPoints),
    useDebug.subscribe((now, before) => now.lines === before.lines && draw()),
  ];
  instance.onDidDispose(() => {
    for (const one of listening) one.dispose();
    for (const stop of stops) stop();
  });
  draw();
}

const kindOf = ({ condition, logMessage }: Breakpoint, isReached: boolean): string =>
  `debug-point debug-point-${logMessage ? "message" : condition ? "condition" : "plain"}${isReached ? "" : " debug-point-idle"}`;

function wordsOf(one: Breakpoint, why: string | null): string {
  const words = breakpointWords(one);
  const name = one.logMessage === "" ? "Breakpoint" : "Log point";
  return [words === "" ? name : `${name}: ${words}`, ...(why === null ? [] : [why])].join("\n\n");
}

function glyph(monaco: Monaco, line: number, className: string, hover: string | null): editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: {
      glyphMarginClassName: className,
      ...(hover !== null && { glyphMarginHoverMessage: { value: hover } }),
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}

/** Behind each line of the function up to this one: the values of the names in it. */
function valuesBehind(
  monaco: Monaco,
  model: editor.ITextModel,
  last: number,
  locals: ReadonlyMap<string, string>,
): editor.IModelDeltaDecoration[] {
  const language = model.getLanguageId();
  const first = functionStart(language, (line) => model.getLineContent(line), last);
  const decorations: editor.IModelDeltaDecoration[] = [];
  for (let line = first; line <= last; line++) {
    const named = namesIn(language, model.getLineContent(line)).filter((name) => locals.has(name));
    if (named.length === 0) continue;
    const text = named.map((name) => `${name} = ${(locals.get(name) ?? "").slice(0, maxValue)}`).join(", ");
    const column = model.getLineMaxColumn(line);
    decorations.push({
      range: new monaco.Range(line, column, line, column),
      options: {
        showIfCollapsed: true,
        after: {
          content: `\u00a0\u00a0\u00a0${text.replace(/\s/g, " ").slice(0, maxValues)}`,
          inlineClassName: "debug-inline",
          inlineClassNameAffectsLetterSpacing: true,
          cursorStops: monaco.editor.InjectedTextCursorStops.None,
        },
      },
    });
  }
  return decorations;
}
