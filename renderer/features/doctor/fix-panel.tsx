// A chosen fix: what it would change, the button that makes it and sends the request again, and the way back.
import { useEffect, useRef, useState } from "react";
import type { Change, FixOffer } from "../../../server/contract/repair-contract.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { applyFix, type FixToApply, unsavedOf } from "./apply-fix.js";
import { ChangeView } from "./change-view.js";

export interface FixPanelProps {
  readonly path: string;
  readonly fix: FixOffer;
  readonly finding: FixToApply["finding"];
  readonly traceId: string;
  readonly onClose: () => void;
}

export function FixPanel({ path, fix, finding, traceId, onClose }: FixPanelProps) {
  const client = useClient();
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const apply = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    client.doctor.preview({ path, fix: fix.id, unsaved: unsavedOf(path) }, { signal: stop.signal }).then(
      (preview) => {
        if (stop.signal.aborted) return;
        setChanges(preview.changes);
        requestAnimationFrame(() => apply.current?.focus());
      },
      (error: unknown) => stop.signal.aborted || setProblem(problemText(problemOf(error))),
    );
    return () => stop.abort();
  }, [client, path, fix.id]);
  const make = (): void => {
    setProblem(null);
    setBusy(true);
    applyFix({ path, fix, finding, traceId }).then(onClose, (error: unknown) => {
      setProblem(problemText(problemOf(error)));
      setBusy(false);
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" className="doctor-fix" aria-label={fix.title}>
      <p className="doctor-fix-title">{fix.title}</p>
      {changes?.map((change) => (
        <ChangeView key={`${change.kind} ${change.path}`} change={change} />
      ))}
      {problem !== null && (
        <p role="alert" className="ui-bad">
          {problem}
        </p>
      )}
      <div className="doctor-fixes">
        <Button ref={apply} size="small" look="primary" disabled={changes === null || isBusy} onClick={make}>
          Apply and send again
        </Button>
        <Button size="small" disabled={isBusy} onClick={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
