// The right half: which request it is, and its X-ray, with what the body's length, or the cookie, became lit from the
// beginning.

import { useRef } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatMs } from "../../format/duration.js";
import { statusText, statusTone } from "../../format/trace-labels.js";
import { declaredCharset } from "../../model/traces/declared-charset.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { leavePresentation } from "../../platform/presentation.js";
import { TargetText } from "../../ui/target-text.js";
import { type ShowTab, Xray } from "../xray/index.js";
import { ExitButton } from "./exit-button.js";
import { Wires } from "./wires.js";

export function XrayHalf({ trace }: { readonly trace: TraceView }) {
  const view = useRef<HTMLDivElement>(null);
  const { seq, request, outcome, timing } = trace;
  const status = trace.response?.status ?? null;
  const file = useTraceRow(trace.id)?.file ?? null;
  // What a card leads to is the inspector's: the presentation has no room for it.
  const onShow: ShowTab = (tab, at, to) => {
    leavePresentation();
    showTab(tab, at === undefined ? null : { traceId: trace.id, at, to });
  };
  const charset = declaredCharset(trace.script?.headers ?? []);
  return (
    <section className="ui-column present-half" aria-label="X-ray">
      <div className="ui-row present-bar">
        <h2 className="present-title">
          <b>#{seq}</b>
          <TargetText method={readable(request.method)} target={readable(request.target)} file={file} />
        </h2>
        <b className={`ui-${statusTone({ status, outcome })}`}>{statusText({ status, outcome })}</b>
        {timing.doneAt !== null && <span className="ui-mono">{formatMs(timing.doneAt)}</span>}
        <ExitButton />
      </div>
      <div ref={view} className="present-xray">
        <Xray
          key={trace.id}
          trace={trace}
          charset={charset}
          onShow={onShow}
          onOpenLine={null}
          lit={request.body.bytes > 0 ? "CONTENT_LENGTH" : "HTTP_COOKIE"}
        />
        <Wires within={view} />
      </div>
    </section>
  );
}
