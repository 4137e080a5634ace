// What the stop says about the byte that was looked for.
import type { ByteOrigin } from "../../../server/contract/debug-contract.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { useSelection } from "../../platform/selection.js";
import { BugIcon } from "../../ui/icon.js";
import { type RecordedByte, useDebug } from "./debug-store.js";

const origins: Readonly<Record<ByteOrigin, string>> = {
  printed: "This line prints it. It has not run yet.",
  flushed: "This line writes it. Another line may have made the text.",
  buffered: "This line printed it before. It leaves the script’s buffer only now, so the values may be later ones.",
  ran: "This line has just run: the values are those after it.",
  child: "This line started the process that writes it.",
  passed:
    "The debugger noticed it only here: the script wrote it before, without its usual streams. Step through the lines before to find it.",
};

export function ByteNote() {
  const wanted = useDebug((state) => state.wanted);
  const origin = useDebug(({ stop }) => stop?.origin ?? null);
  const differsAt = useDebug((state) => state.differsAt);
  if (wanted === null || origin === null) return null;
  const { stream, offset } = wanted;
  const number = numberOf(wanted.traceId);
  return (
    <div className="ui-note debug-note" role="status" data-origin={origin}>
      <BugIcon />
      <span>
        <strong>
          Stopped where byte {offset} of {stream} was written.
        </strong>{" "}
        {origins[origin]}{" "}
        {differsAt !== null && (
          <>
            This time the script wrote other bytes than in #{number}, from byte {differsAt} on, so the byte may come
            from another place there.{" "}
            <button
              type="button"
              className="ui-link"
              onClick={() => {
                showByte({ ...wanted, offset: differsAt });
              }}
            >
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
