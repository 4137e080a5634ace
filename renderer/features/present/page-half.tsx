// The left half: the page as a browser draws it, or the script. A form's request shows the page that it was
// sent from, with the fields filled in again.
import { useState } from "react";
import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useServer } from "../../rpc/store.js";
import { Choice } from "../../ui/choice.js";
import { InfoIcon } from "../../ui/icon.js";
import { PresentationPage } from "../preview/index.js";
import { PageKeys } from "./page-keys.js";
import { useSender } from "./use-sender.js";

const ScriptText = lazyPart(async () => (await import("./script-text.js")).ScriptText);

export function PageHalf({
  trace,
  onWent,
}: {
  readonly trace: TraceView;
  readonly onWent: (steps: readonly PreviewStep[]) => void;
}) {
  const [shown, setShown] = useState<"page" | "script">("page");
  const file = useTraceRow(trace.id)?.file ?? null;
  const sender = useSender(trace);
  const { trace: senderTrace } = useTrace(sender.is === "found" ? sender.id : null);
  const page = sender.is === "found" ? senderTrace : trace;
  const isFilled = sender.is === "found" && senderTrace?.id === sender.id;
  const host = useServer(({ state }) => state?.server.url ?? "").replace(/^http:\/\//, "");
  const isScript = shown === "script" && file !== null;
  return (
    <section className="present-half" aria-label={isScript ? "Script" : "Page"}>
      <div className="present-bar">
        <Choice
          label="Show"
          value={isScript ? "script" : "page"}
          choices={[
            { value: "page", title: "Page" },
            ...(file === null ? [] : [{ value: "script", title: "Script" } as const]),
          ]}
          onChange={setShown}
        />
        <span className="present-address ui-mono ui-cut" title={isScript ? file : undefined}>
          {isScript ? file : `${host}${readable((page ?? trace).request.target)}`}
        </span>
      </div>
      {isScript ? (
        <ScriptText key={file} path={file} />
      ) : (
        sender.is !== "asked" &&
        page &&
        (sender.is === "none" || isFilled) && (
          <PresentationPage
            key={`${page.id} ${isFilled ? trace.id : ""}`}
            trace={page}
            filledBy={isFilled ? trace.id : null}
            onWent={onWent}
          />
        )
      )}
      <p className="present-note ui-dim">
        <InfoIcon className="ui-icon" aria-hidden="true" />
        <span className="ui-cut">{noteOf(trace, { isScript, isFilled, sender: page?.seq ?? trace.seq })}</span>
        <PageKeys />
      </p>
    </section>
  );
}

function noteOf(
  { seq, request }: TraceView,
  { isScript, isFilled, sender }: { readonly isScript: boolean; readonly isFilled: boolean; readonly sender: number },
): string {
  if (isScript) return "The script as it is now.";
  if (isFilled) return `The page #${seq} was sent from (#${sender}), with its fields filled in again.`;
  if (request.body.bytes > 0) return `The response to #${seq}. The page it was sent from was not recorded.`;
  return `The response to #${seq}, as recorded.`;
}
