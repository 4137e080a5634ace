// What the script has written when it stopped. What it has printed may still be in a buffer of its own.
import { formatBytes } from "../../format/size.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { bodyRange } from "../../rpc/store.js";
import { useDebug } from "./debug-store.js";
import { Part } from "./part.js";

const maxShownBytes = 4096;

export function Written() {
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
