// A stopped script: its call stack, its variables, what is watched, what it has written, and where it stops.
import type { DebugFrame } from "../../../server/contract/debug-contract.js";
import { removeBreakpoint, setStopsUncaught, useBreakpoints } from "../../model/debug/breakpoints.js";
import { useSelection } from "../../platform/selection.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { IconButton } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { CloseIcon, ErrorIcon } from "../../ui/icon.js";
import { breakpointWords } from "./breakpoint-words.js";
import { ByteNote } from "./byte-note.js";
import { showFrame } from "./debug-session.js";
import { useDebug } from "./debug-store.js";
import { Part } from "./part.js";
import { VariableTree } from "./variable-tree.js";
import { Watch } from "./watch.js";
import { Written } from "./written.js";

export function DebugView() {
  const isRunning = useWaiting(useDebug(({ phase }) => phase === "running")) !== null;
  const exception = useDebug(({ stop }) => stop?.exception ?? null);
  return (
    <section className="debug" aria-label="Debugger state" data-running={isRunning || undefined}>
      {exception !== null && (
        <div className="ui-note ui-note-bad debug-note" role="alert">
          <ErrorIcon className="ui-bad" />
          <span>
            <strong className="debug-words">{exception}</strong> Nothing catches it. Look around: the script ends when
            you continue.
          </span>
        </div>
      )}
      <ByteNote />
      <Stack />
      <Part title="Variables">
        <VariableTree />
      </Part>
      <Part title="Watch">
        <Watch />
      </Part>
      <Written />
      <Stops />
    </section>
  );
}

function Stack() {
  const frames = useDebug(({ stop }) => stop?.frames ?? noFrames);
  const chosen = useDebug(({ frame }) => frame);
  return (
    <Part title="Call stack">
      <ol>
        {frames.map((frame, index) => (
          <li key={frame.id}>
            <button
              type="button"
              className="ui-entry debug-frame"
              aria-current={index === chosen || undefined}
              data-library={frame.isLibrary || undefined}
              onClick={() => void showFrame(index)} // reports its own failures
            >
              <span className="ui-mono ui-cut">{frame.name}</span>
              <span className="ui-spacer" />
              <span className="ui-mono ui-dim ui-cut">
                {frame.file}:{frame.line}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Part>
  );
}
const noFrames: readonly DebugFrame[] = [];

function Stops() {
  const { byPath, stopsUncaught } = useBreakpoints();
  const all = [...byPath].flatMap(([path, list]) => list.map((breakpoint) => ({ path, breakpoint })));
  return (
    <Part title="Stops at">
      <Check className="debug-line" isOn={stopsUncaught} onChange={setStopsUncaught}>
        Uncaught exceptions
      </Check>
      <ul>
        {all.map(({ path, breakpoint }) => (
          <li key={`${path} ${breakpoint.line}`} className="ui-row debug-line">
            <button
              type="button"
              className="ui-link ui-mono ui-cut"
              onClick={() => useSelection.getState().open(path, breakpoint.line)}
            >
              {path}:{breakpoint.line}
            </button>
            <span className="ui-dim ui-cut">{breakpointWords(breakpoint)}</span>
            <span className="ui-spacer" />
            <IconButton
              label={`Remove the breakpoint at ${path}, line ${breakpoint.line}`}
              onClick={() => removeBreakpoint(path, breakpoint.line)}
              icon={CloseIcon}
            />
          </li>
        ))}
      </ul>
    </Part>
  );
}
