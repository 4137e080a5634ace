// A stopped script: its call stack, its variables, what is watched, what it has written, and where it stops.
import type { ReactNode } from "react";
import type { DebugFrame } from "../../../server/contract/debug-contract.js";
import { formatBytes } from "../../format/size.js";
import { removeBreakpoint, setStopsUncaught, useBreakpoints } from "../../model/debug/breakpoints.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { useSelection } from "../../platform/selection.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { bodyRange } from "../../rpc/store.js";
import { IconButton } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { CloseIcon, ErrorIcon } from "../../ui/icon.js";
import { breakpointWords } from "./breakpoint-words.js";
import { ByteNote } from "./byte-note.js";
import { showFrame } from "./debug-session.js";
import { useDebug } from "./debug-store.js";
import { VariableTree } from "./variable-tree.js";
import { Watch } from "./watch.js";

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

const maxShownBytes = 4096;

/** What it has printed may still be in a buffer of its own. */
function Written() {
  const traceId = useDebug((state) => state.traceId);
  const { trace } = useTrace(traceId);
  const written = trace?.id === traceId ? trace : null;
  const stdout = written?.stdout?.captured ?? 0;
  const stderr = written?.stderr?.captured ?? 0;
  const out = useEnd(traceId, "stdout", stdout);
  const errors = useEnd(traceId, "stderr", stderr);
  return (
    <Part
      title={Math.max(stdout, stderr) > maxShownBytes ? "Written last" : "Written so far"}
      aside={`${bytesWritten(stdout)} on stdout, ${bytesWritten(stderr)} on stderr`}
    >
      {out !== "" && <pre className="ui-mono debug-words debug-written">{out}</pre>}
      {errors !== "" && <pre className="ui-mono ui-warn debug-words debug-written">{errors}</pre>}
      <p className="ui-dim ui-small debug-small">
        Text that the script has printed may still be in its own buffer: it is written when that is full, or at the end.
      </p>
    </Part>
  );
}

const bytesWritten = (count: number): string => (count === 0 ? "nothing" : formatBytes(count));

/** The end of the stream. If it cannot be read, the trace's own tab says why. */
function useEnd(traceId: string | null, stream: "stdout" | "stderr", count: number): string {
  const read = async (): Promise<string> => {
    const length = Math.min(count, maxShownBytes);
    return new TextDecoder().decode(await bodyRange(traceId ?? "", stream, count - length, length));
  };
  return useLoaded(count === 0 ? null : traceId, read, [count]).value ?? "";
}

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

interface PartProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A title with what belongs to it. */
const Part = ({ title, aside, children }: PartProps) => (
  <section className="debug-part" aria-label={title}>
    <h3 className="ui-heading">
      {title}
      <span className="ui-spacer" />
      {aside !== undefined && <span className="debug-aside">{aside}</span>}
    </h3>
    {children}
  </section>
);
