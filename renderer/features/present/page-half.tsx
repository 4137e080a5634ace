// The left half: the page as a browser draws it, or the script in the editor. A form's request shows the page that it
// was sent from, with the fields filled in again. The address and a saved script send requests, but not the composer's.
import { type ReactNode, useEffect, useState } from "react";
import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { isDirty } from "../../model/documents/document.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { useComposer } from "../../model/request/composer-store.js";
import { blankDraft } from "../../model/request/draft.js";
import { subjectOf } from "../../model/request/load.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { focusAnchor } from "../../platform/anchors.js";
import { runCommand, shortcutOf, whyUnavailable } from "../../platform/command-registry.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { notify } from "../../platform/notices.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { bridge } from "../../rpc/bridge.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { InfoIcon } from "../../ui/icon.js";
import { SendNotes, sendDraft } from "../composer/index.js";
import { PresentationPage } from "../preview/index.js";

const PresentedScript = lazyPart(async () => (await import("./presented-script.js")).PresentedScript);

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
    <section className="ui-column present-half" aria-label={isScript ? "Script" : "Page"}>
      <div className="ui-row present-bar">
        <Choice
          label="Show"
          value={isScript ? "script" : "page"}
          choices={[
            { value: "page", title: "Page" },
            ...(file === null ? [] : [{ value: "script", title: "Script" } as const]),
          ]}
          onChange={setShown}
        />
        {isScript ? (
          <>
            <span className="present-address ui-mono ui-cut" title={file}>
              {file}
            </span>
            <SaveButton path={file} />
          </>
        ) : (
          <Address key={trace.id} address={`${host}${readable((page ?? trace).request.target)}`} />
        )}
      </div>
      {isScript ? (
        <PresentedScript key={file} path={file} traceId={trace.id} />
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
      <SendNotes />
      <p className="present-note ui-dim">
        <InfoIcon />
        <PageKeys>{isScript ? <ScriptNote /> : noteOf(trace, { isFilled, sender: page?.seq ?? trace.seq })}</PageKeys>
      </p>
    </section>
  );
}

/** Enter sends what was typed, as a browser would. */
function Address({ address }: { readonly address: string }) {
  const send = (typed: string): void => {
    const why = whyUnavailable("request.send");
    if (why !== null) {
      notify("info", why);
      return;
    }
    const target = typed.trim().replace(/^(?:https?:\/\/)?[^/]*/, "") || "/";
    void sendDraft(blankDraft(target), subjectOf(target)); // reports its own failures
    focusAnchor("presentation");
  };
  return (
    <input
      className="present-address ui-mono"
      aria-label="Address"
      spellCheck={false}
      defaultValue={address}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && send(currentTarget.value)}
    />
  );
}

function SaveButton({ path }: { readonly path: string }) {
  const hasEdits = useDocuments(({ open }) => open.some((document) => document.path === path && isDirty(document)));
  return (
    <Button disabled={!hasEdits} onClick={() => runCommand("file.save")}>
      Save <kbd className="ui-kbd">{shortcutOf("file.save")}</kbd>
    </Button>
  );
}

function ScriptNote() {
  const sendOnSave = useComposer((composer) => composer.sendOnSave);
  return sendOnSave ? "The script as it is now. A save sends the request again." : "The script as it is now.";
}

function noteOf(
  { seq, request }: TraceView,
  { isFilled, sender }: { readonly isFilled: boolean; readonly sender: number },
): string {
  if (isFilled) return `The page #${seq} was sent from (#${sender}), with its fields filled in again.`;
  if (request.body.bytes > 0) return `The response to #${seq}. The page it was sent from was not recorded.`;
  return `The response to #${seq}, as recorded.`;
}

// The page is a frame of another origin, in the desktop app a view of its own: while it has the focus, keys go to it
// and the presentation cannot see them. The presentation says so in place of its note, and takes the focus back with a
// click (from the view, F6 does too).
export function PageKeys({ children }: { readonly children: ReactNode }) {
  const isFramed = useFrameFocus();
  const isViewed = useViewFocus();
  if (!isFramed && !isViewed) return <span className="ui-cut">{children}</span>;
  return (
    <span className="ui-row present-keys-gone" role="status">
      <span>Keys go to the page.</span>
      <Button size="small" onClick={() => focusAnchor("presentation")}>
        Back to the presentation
      </Button>
    </span>
  );
}

/**
 * Whether a frame has the focus. The window loses it when a frame gets it, and has it again when the frame loses it.
 */
function useFrameFocus(): boolean {
  const [isFramed, setFramed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const look = (): void => setFramed(document.activeElement instanceof HTMLIFrameElement);
    for (const change of ["focus", "blur"]) window.addEventListener(change, look, { signal: stop.signal });
    document.addEventListener("focusin", look, { signal: stop.signal });
    return () => stop.abort();
  }, []);
  return isFramed;
}

/** Whether the desktop app's view has it. */
function useViewFocus(): boolean {
  const [isViewed, setViewed] = useState(false);
  useEffect(() => bridge?.onPreviewFocused(setViewed), []);
  return isViewed;
}

// The recorded page that a form's request was sent from.
type Sender = { readonly is: "asked" } | { readonly is: "none" } | { readonly is: "found"; readonly id: string };

function useSender({ id, request }: TraceView): Sender {
  const hasBody = request.body.bytes > 0;
  const { value, error } = useLoaded(hasBody ? id : null, async (client, signal): Promise<Sender> => {
    const page = await client.preview.sentFrom({ id }, { signal });
    return page ? { is: "found", id: page.id } : { is: "none" };
  });
  // After a failure the page's own place says so.
  return value ?? { is: hasBody && error === null ? "asked" : "none" };
}
