// The console: what log points and stderr say, and a field whose expression is evaluated in the stopped script.
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { anchor } from "../../platform/anchors.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { TextField } from "../../ui/text-field.js";
import { useEndOf } from "../../ui/use-end-of.js";
import { readFrame } from "./debug-session.js";
import { addLine, type ConsoleLine, type DebugOutput, maxLines, shownFrame, useDebug } from "./debug-store.js";
import "./debug.css";

export function ConsoleView() {
  const lines = useDebug((state) => state.lines);
  const end = useEndOf(lines.at(-1)?.id);
  return (
    <section className="ui-pane debug-console" aria-label="Debug console">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div ref={end} className="debug-console-lines" role="log" aria-label="Console lines" tabIndex={0}>
        {lines.length === 0 && (
          <p className="ui-dim ui-small debug-small">Log points, stderr, and the values of expressions come here.</p>
        )}
        {lines.length === maxLines && (
          <p className="ui-dim ui-small debug-small">Only the newest {maxLines} lines are shown.</p>
        )}
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </div>
      <Field />
    </section>
  );
}

function Line({ line }: { readonly line: ConsoleLine }) {
  if (line.kind === "output") return <Output output={line.output} />;
  return (
    <div className="debug-console-line">
      <span className="ui-mono ui-dim">{line.expression}</span>
      <span className={`ui-mono debug-words ${line.isError ? "ui-bad" : "debug-value"}`}>{line.value}</span>
    </div>
  );
}

const tones = { script: "", stderr: " ui-warn", workbench: " ui-dim" };

function Output({ output: { from, text, path, line } }: { readonly output: DebugOutput }) {
  return (
    <div className="debug-console-line">
      <span className={`ui-mono debug-words${tones[from]}`}>{text}</span>
      {path !== null && line !== null && (
        <button type="button" className="ui-link debug-aside" onClick={() => useSelection.getState().open(path, line)}>
          {path}:{line}
        </button>
      )}
    </div>
  );
}

function Field() {
  const isStopped = useDebug(({ phase }) => phase === "stopped");
  const frame = useDebug(shownFrame);
  const [typed, setTyped] = useState("");
  const before = useRef<readonly string[]>([]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const expression = typed.trim();
    if (expression === "" || !isStopped) return;
    before.current = [...before.current.filter((one) => one !== expression), expression];
    setTyped("");
    void evaluate(expression); // reports its own failures
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const at = before.current.indexOf(typed);
    const next = event.key === "ArrowUp" ? (at < 0 ? before.current.length : at) - 1 : at < 0 ? -1 : at + 1;
    if (next < 0) return;
    event.preventDefault();
    setTyped(before.current[next] ?? "");
  };
  return (
    <form className="debug-console-form" onSubmit={submit}>
      <TextField
        ref={anchor("debug.console")}
        className="debug-field"
        aria-label="Expression to evaluate"
        placeholder={isStopped ? `evaluate in ${frame?.name ?? "the script"}` : "no script has stopped"}
        aria-disabled={!isStopped || undefined}
        value={typed}
        onChange={setTyped}
        onKeyDown={onKeyDown}
      />
    </form>
  );
}

async function evaluate(expression: string): Promise<void> {
  const { id, ...state } = useDebug.getState();
  const frame = shownFrame(state);
  if (id === null || !frame) return;
  try {
    const answer = await connected().debug.evaluate({ id, expression, frameId: frame.id, context: "repl" });
    addLine({ kind: "answer", expression, value: answer.result, isError: answer.isError });
    await readFrame(); // it may have changed a variable
  } catch (error) {
    addLine({ kind: "answer", expression, value: problemText(problemOf(error)), isError: true });
  }
}
