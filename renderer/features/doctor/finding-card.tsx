// One finding: the problem in a sentence, the proof, the fixes, and, unfolded, the explanation for a reader who has
// never heard of it.
import { useId, useState } from "react";
import { crashSignals } from "../../../server/contract/failure.js";
import type { AvailableFix } from "../../../server/contract/fix-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { Evidence, Finding, TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { isAboutEncoding } from "../../model/traces/encoding-rules.js";
import { useRule } from "../../model/traces/rules-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { takesLostFocus } from "../../platform/focus-pane.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { Button } from "../../ui/button.js";
import { CodeText } from "../../ui/code-text.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import { SeverityIcon } from "../../ui/severity-icon.js";
import { EvidenceLine, type ShowEvidence } from "./evidence.js";
import { FixPanel } from "./fix-panel.js";
import { ProofBytes } from "./proof-bytes.js";
import { RuleText } from "./rule-text.js";

const CrashFix = lazyPart(async () => (await import("./crash-fix.js")).CrashFix);
const RecordAnswer = lazyPart(async () => (await import("./record-answer.js")).RecordAnswer);

const notes = { error: "ui-note ui-note-bad", warning: "ui-note ui-note-warn", hint: "ui-note" } as const;

export interface FindingCardProps {
  readonly finding: Finding;
  /** The gravest: its explanation is unfolded. */
  readonly isFirst: boolean;
  readonly fixes: readonly AvailableFix[];
  readonly path: string | null;
  readonly traceId: string;
  readonly show: ShowEvidence;
  /** What ran; not there: nothing is known of it. */
  readonly ran?: Pick<TraceView, "route" | "process" | "request">;
}

export function FindingCard({ finding, isFirst, fixes, path, traceId, show, ran }: FindingCardProps) {
  const { severity, rule: id, title, detail, reference } = finding;
  const rule = useRule(id);
  const titleId = useId();
  const wordsId = useId();
  const [isUnfolded, setUnfolded] = useState(isFirst && severity !== "hint");
  const [chosen, setChosen] = useState<AvailableFix | null>(null);
  const changed = chosen?.path ?? path;
  const possible = fixes.filter((fix) => (fix.path ?? path) !== null);
  const asked = finding.evidence.flatMap((one) => (one.kind === "quote" && one.of === "command" ? [one.text] : []))[0];
  const hasCrashed = finding.evidence.some((one) => one.kind === "process" && crashSignals.has(one.signal ?? ""));
  const [last, setLast] = useState<AvailableFix["id"] | null>(null);
  return (
    <article
      className={`${notes[severity]} doctor-card`}
      aria-labelledby={titleId}
      data-severity={severity}
      data-rule={id}
    >
      <SeverityIcon severity={severity} className="ui-beside" />
      <div className="ui-stack doctor-body">
        <h3 id={titleId} className="ui-strong finding-title">
          {wordsOf(title)}
        </h3>
        <p className="ui-wrap">
          <CodeText>{detail}</CodeText>
        </p>
        <ProofBytes traceId={traceId} finding={finding} />
        <EvidenceLine finding={finding} show={show} />
        {isAboutEncoding(id) && (
          <p>
            <button type="button" className="ui-link" onClick={() => runCommand("encoding.follow")}>
              Follow the character through every step
            </button>
          </p>
        )}
        {possible.length > 0 && chosen === null && (
          <div className="doctor-fixes">
            {possible.map((fix, index) => (
              <Button
                key={fix.id}
                ref={fix.id === last ? takesLostFocus : undefined}
                size="small"
                look={index === 0 ? "primary" : "plain"}
                onClick={() => {
                  setChosen(fix);
                  setLast(fix.id);
                }}
              >
                {fix.path === undefined ? fix.title : `${fix.title}: ${fix.path}`}…
              </Button>
            ))}
          </div>
        )}
        {chosen !== null && changed !== null && (
          <FixPanel
            path={changed}
            fix={chosen}
            finding={{ rule: id, title: wordsOf(title) }}
            traceId={path === null ? null : traceId}
            onClose={() => setChosen(null)}
          />
        )}
        {path !== null && asked !== undefined && <RecordAnswer line={asked} finding={finding} traceId={traceId} />}
        {path !== null && hasCrashed && <CrashFix path={path} finding={finding} traceId={traceId} />}
        {rule === null ? (
          reference !== null && <p className="ui-faint">{reference}</p>
        ) : (
          <>
            <button
              type="button"
              className="ui-row ui-small ui-dim doctor-more-button"
              aria-expanded={isUnfolded}
              aria-controls={wordsId}
              onClick={() => setUnfolded(!isUnfolded)}
            >
              {isUnfolded ? <ChevronDownIcon /> : <ChevronRightIcon />}
              Why, and what other servers log
            </button>
            <div id={wordsId}>
              {isUnfolded && <RuleText rule={rule} {...(ran && { of: loggedScript(finding, ran), traceId })} />}
            </div>
          </>
        )}
      </div>
    </article>
  );
}

const loggedScript = (
  { evidence, line }: Finding,
  { route, process, request }: NonNullable<FindingCardProps["ran"]>,
) => ({
  file: route.file === null ? null : readable(route.file),
  target: readable(request.target),
  line,
  said: saidIn(evidence),
  pid: process?.pid ?? null,
  signal: process?.signal ?? null,
});

const saidIn = (evidence: readonly Evidence[]): string | null =>
  evidence.flatMap((one) => (one.kind === "quote" && one.of === "stderr" ? [one.text] : []))[0] ?? null;
