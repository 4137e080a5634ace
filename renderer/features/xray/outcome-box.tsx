// What happened to a failing request, calmly: a headline, the reason in a sentence, the facts, and the last lines on
// stderr. The finding that explains the failure, where there is one, is the headline: nothing is shown twice.
import { useId } from "react";
import { isFailed } from "../../../server/contract/failure.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { Outcome, TraceView } from "../../../server/contract/trace.js";
import { CodeText } from "../../ui/code-text.js";
import { ErrorIcon, InfoIcon } from "../../ui/icon.js";
import { FindingLinks, type FindingLinksProps } from "./finding-links.js";
import { StderrTail } from "./stderr-tail.js";

// How a request ended, as texts for the user who has to fix it.
const titles: Record<Exclude<Outcome, "ok">, string> = {
  "invalid-output": "The script’s output is not a CGI response",
  crashed: "The script ended before its response was complete",
  timeout: "A time limit ended the request",
  "client-gone": "The client left before the response was complete",
  stopped: "The request was stopped",
  "queue-full": "Too many requests were waiting",
  "spawn-error": "The script could not be started",
  "bad-request": "The request was refused",
  "upstream-error": "The FastCGI application did not respond",
};

/** The headline; null when there is nothing to explain. */
export function outcomeTitle(trace: Pick<TraceView, "outcome" | "detail" | "response" | "route">): string | null {
  if (trace.outcome === null) return null;
  if (trace.outcome !== "ok") return titles[trace.outcome];
  const status = trace.response?.status ?? 0;
  if (trace.route.kind !== "script" && status >= 400)
    return status === 404 ? "Nothing found at this path" : "The server generated this response";
  return trace.detail === null ? null : "Note";
}

/** Whether the detail already names the problem of the script's headers. */
function tellsProblem({ data, script }: Pick<TraceView, "data" | "script">): boolean {
  const problem = data?.["problem"];
  return typeof problem === "object" && problem !== null && "code" in problem && problem.code === script?.code;
}

/** Facts of the ending: exit code, signal, errno, what the client got. */
export function outcomeFacts(trace: Pick<TraceView, "process" | "response">): string[] {
  const { process, response } = trace;
  const facts: string[] = [];
  if (process?.errno != null) facts.push(`start failed with ${process.errno}`);
  if (process?.signal != null) facts.push(`ended by ${process.signal}`);
  else if (process?.exitCode != null) facts.push(`exit code ${process.exitCode}`);
  if (response === null) facts.push("no response sent");
  else facts.push(`the client got ${response.status === 0 ? "no status line" : response.status}`);
  return facts;
}

interface OutcomeBoxProps {
  readonly trace: TraceView;
  /** The finding that explains the failure, and where it leads. */
  readonly lead: FindingLinksProps | null;
  readonly onShowStderr: () => void;
}

export function OutcomeBox({ trace, lead, onShowStderr }: OutcomeBoxProps) {
  const titleId = useId();
  const title = lead?.finding.title ?? outcomeTitle(trace);
  if (title === null) return null;
  const detail = lead?.finding.detail ?? trace.detail;
  const hasFailed = isFailed({ outcome: trace.outcome, status: trace.response?.status ?? null });
  const endedWithCode = (trace.process?.exitCode ?? 0) !== 0;
  const why = wordsOf(trace.script?.why ?? "");
  const Icon = hasFailed ? ErrorIcon : InfoIcon;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label="What happened"
      className="ui-stack xray-outcome"
      data-tone={hasFailed ? "bad" : "quiet"}
      data-outcome={trace.outcome}
      data-severity={lead?.finding.severity}
      data-rule={lead?.finding.rule}
    >
      <h3 id={titleId} className="ui-row ui-strong xray-outcome-title">
        <Icon className={hasFailed ? "ui-bad" : "ui-dim"} />
        {wordsOf(title)}
      </h3>
      {detail !== null && (
        <p>
          <CodeText>{detail}</CodeText>
        </p>
      )}
      {why !== "" && !tellsProblem(trace) && lead === null && <p className="ui-dim">{why}</p>}
      {lead && <FindingLinks {...lead} />}
      <p className="ui-dim ui-figures xray-facts">
        {outcomeFacts(trace).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {(hasFailed || endedWithCode) && trace.stderr !== null && trace.stderr.captured > 0 && (
        <StderrTail
          trace={trace}
          captured={trace.stderr.captured}
          isCut={trace.stderr.captured < trace.stderr.bytes}
          onShowAll={onShowStderr}
        />
      )}
    </div>
  );
}
