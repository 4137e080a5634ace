// The doctor's tab of a trace: each finding with its proof, its explanation and its fixes; the result of the last fix;
// and a note when there are no findings.

import type { TraceView } from "../../../server/contract/trace.js";
import { useRules } from "../../model/traces/rules-store.js";
import { useWithheld } from "../../model/traces/withheld.js";
import { runCommand } from "../../platform/command-registry.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { CheckIcon } from "../../ui/icon.js";
import type { ShowEvidence } from "./evidence.js";
import { FindingCard } from "./finding-card.js";
import { ProofNote } from "./proof-note.js";
import { useProof } from "./proof-store.js";
import "./doctor.css";

export function DoctorTab({ trace, show }: { readonly trace: TraceView; readonly show: ShowEvidence }) {
  const { findings } = trace;
  const withheld = useWithheld();
  const { value: traceFixes, error } = useFixes(trace, withheld.fixes);
  const proof = useProof((store) => store.proof);
  // The slower rules answer after the request: their findings are known here a moment before the trace has them.
  const isLooking =
    !withheld.fixes && error === null && (traceFixes === null || traceFixes.rules.length > findings.length);
  const failed = trace.route.kind === "script" ? error : null;
  return (
    <section className="ui-stack doctor" aria-label="Doctor" aria-busy={trace.outcome !== null && isLooking}>
      {proof?.traceId === trace.id && (traceFixes !== null || error !== null) && (
        <ProofNote proof={proof} rules={traceFixes?.rules ?? null} findings={findings} />
      )}
      {findings.map((finding, index) => (
        <FindingCard
          key={`${trace.id} ${JSON.stringify(finding)}`}
          finding={finding}
          isFirst={index === 0}
          fixes={(traceFixes?.rules[index] === finding.rule ? traceFixes.fixes[index] : null) ?? []}
          path={traceFixes?.path ?? null}
          traceId={trace.id}
          show={show}
          ran={trace}
        />
      ))}
      {failed !== null ? (
        <p role="alert" className="ui-bad">
          {findings.length > 0 ? "The doctor could not look for fixes" : "The doctor’s check is not complete"}: {failed}
        </p>
      ) : (
        findings.length === 0 &&
        !withheld.findings && <Healthy trace={trace} isLooking={isLooking} hasProof={proof?.traceId === trace.id} />
      )}
      {withheld.fixes && <p className="ui-empty">{withheld.until}</p>}
      {findings.length > 0 && (
        <p className="doctor-index">
          {isLooking && trace.outcome !== null && <span className="doctor-looking ui-dim">Still checking… </span>}
          <button type="button" className="ui-link" onClick={() => runCommand("doctor.index")}>
            Show all doctor rules…
          </button>
        </p>
      )}
    </section>
  );
}

function Healthy({
  trace,
  isLooking,
  hasProof,
}: {
  readonly trace: TraceView;
  readonly isLooking: boolean;
  readonly hasProof: boolean;
}) {
  const count = useRules().rules?.length ?? null;
  if (trace.outcome === null) return <p className="ui-empty">The doctor checks this request when it has ended.</p>;
  if (trace.route.kind !== "script") return <p className="ui-empty">No script ran for this request.</p>;
  if (isLooking) return <p className="ui-empty doctor-looking">Checking this request…</p>;
  return (
    <div className={hasProof ? "doctor-healthy" : "ui-empty"}>
      {!hasProof && <CheckIcon className="doctor-healthy-icon ui-ok" />}
      <strong>No problems found</strong>
      <p>{count === null ? "Checked all rules." : `Checked ${count} rules.`}</p>
      <Button size="small" onClick={() => runCommand("doctor.index")}>
        Show all doctor rules…
      </Button>
    </div>
  );
}

// The fixes for a trace's findings: requested when the trace is shown, and again when it or the folder's files change.
function useFixes({ id, findings, outcome }: TraceView, areWithheld: boolean) {
  const filesRev = useServer(({ state }) => state?.workspace?.filesRev ?? 0);
  return useLoaded(
    outcome === null || areWithheld ? null : id,
    (client, signal) => client.doctor.fixes({ traceId: id }, { signal }),
    [findings, filesRev],
  );
}
