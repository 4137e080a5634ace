// A chosen fix: what it would change, the button that makes it and sends the request again, and the way back.
import { useEffect, useRef, useState } from "react";
import type { Change } from "../../../server/contract/fix-contract.js";
import { focusShownTab } from "../../model/traces/inspector-state.js";
import { isFocusLost } from "../../platform/focus-pane.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient, useServer } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { applyFix, type FixToApply, textToFix } from "./apply-fix.js";
import { ChangeView } from "./change-view.js";

const noOthers: readonly string[] = [];

interface FixPanelProps extends FixToApply {
  readonly onClose: () => void;
}

interface Preview {
  /** Null: not made yet, or it cannot be made. */
  readonly changes: readonly Change[] | null;
  /** Why it cannot be made: a sentence. */
  readonly why: string | null;
}

export function FixPanel({ path, others = noOthers, fix, finding, traceId, onClose }: FixPanelProps) {
  const client = useClient();
  const filesRev = useServer(({ state }) => state?.workspace?.filesRev ?? 0);
  const [{ changes, why }, setPreview] = useState<Preview>({ changes: null, why: null });
  const {
    why: problem,
    isBusy,
    attempt: make,
  } = useAttempt(async () => {
    const refusal = await applyFix({ path, others, fix, finding, traceId }, changes);
    if (refusal === null) onClose();
    return refusal && problemText(refusal);
  });
  const panel = useRef<HTMLDivElement>(null);
  const apply = useRef<HTMLButtonElement>(null);
  const hasBegun = useRef(false);
  const isShown = changes !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed file, or a refusal, makes another preview
  useEffect(() => {
    if (client === null || isBusy) return;
    const stop = new AbortController();
    const asked = { path, others: [...others], fix: fix.id, unsaved: textToFix(path) };
    client.doctor.preview(asked, { signal: stop.signal }).then(
      (made) => stop.signal.aborted || setPreview({ changes: made.changes, why: null }),
      (error: unknown) => stop.signal.aborted || setPreview({ changes: null, why: problemText(problemOf(error)) }),
    );
    return () => stop.abort();
  }, [client, path, others, fix.id, filesRev, isBusy]);
  useEffect(() => {
    if (!isShown || hasBegun.current) return;
    hasBegun.current = true;
    if (isFocusLost() || panel.current?.contains(document.activeElement)) apply.current?.focus();
  }, [isShown]);
  // The fix is proved by another trace, where the button that had the focus is not shown.
  useEffect(() => () => void requestAnimationFrame(() => isFocusLost() && focusShownTab()), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div ref={panel} role="group" className="ui-stack doctor-fix" aria-label={fix.title}>
      <p className="ui-strong">{fix.title}</p>
      {changes?.map((change) => (
        <ChangeView key={`${change.kind} ${change.path}`} change={change} />
      ))}
      <Alert>{problem ?? why}</Alert>
      <div className="doctor-fixes">
        <Button ref={apply} size="small" look="primary" disabled={changes === null || isBusy} onClick={make}>
          {traceId === null ? "Apply" : "Apply and send again"}
        </Button>
        <Button size="small" disabled={isBusy} onClick={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
