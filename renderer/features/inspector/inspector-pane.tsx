// The inspector's place: the selected trace, or what to do to have one. The views of a trace come in a chunk of their
// own, for a folder that was just opened has none.
import { useTrace } from "../../model/traces/use-trace.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import "./inspector-pane.css";

const Inspector = lazyPart(async () => (await import("./inspector.js")).Inspector);

export function InspectorPane() {
  const id = useSelection((selection) => selection.traceId);
  const { trace, error } = useTrace(id);
  if (trace) return <Inspector trace={trace} error={error} />;
  return (
    <section className="ui-empty" aria-label="Trace">
      {error === null ? (
        id === null && (
          <>
            <h3 className="ui-strong inspector-empty-title">No trace selected</h3>
            <p>
              Send a request, or select one in the list. Its bytes appear here, from the socket to the script and back.
            </p>
          </>
        )
      ) : (
        <>
          <h3 className="ui-strong inspector-empty-title">This trace could not be loaded</h3>
          <p>{error}</p>
        </>
      )}
    </section>
  );
}
