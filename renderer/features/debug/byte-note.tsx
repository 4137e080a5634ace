// What the stop says about the byte that was looked for.
import { numberOf } from "../../../server/protocol/trace-id.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { useSelection } from "../../platform/selection.js";
import { BugIcon } from "../../ui/icon.js";
import { type RecordedByte, useDebug } from "./debug-store.js";

export function ByteNote() {
  const wanted = useDebug((state) => state.wanted);
  const origin = useDebug(({ stop }) => stop?.origin ?? null);
  const differsAt = useDebug((state) => state.differsAt);
  if (wanted === null || origin === null) return null;
  const { stream, offset } = wanted;
  const number = numberOf(wanted.traceId);
  return (
    <div className="ui-note debug-note" role="status">
      <BugIcon />
      <span>
        <strong>
          Stopped where byte {offset} of {stream} was written.
        </strong>{" "}
        {origin}{" "}
        {differsAt !== null && (
          <>
            This time the script wrote other bytes than in #{number}, from byte {differsAt} on, so the byte may come
            from another place there.{" "}
            <button type="button" className="ui-link" onClick={() => showByte({ ...wanted, offset: differsAt })}>
              Show byte {differsAt} in #{number}
            </button>{" "}
          </>
        )}
        <button type="button" className="ui-link" onClick={() => showByte(wanted)}>
          Show the byte in #{number}
        </button>
      </span>
    </div>
  );
}

function showByte({ traceId, stream, offset: at }: Pick<RecordedByte, "traceId" | "stream" | "offset">): void {
  useSelection.getState().bringUp(traceId);
  showTab(stream, { traceId, at, to: at + 1 });
}
