// The X-ray, five cards in one picture: the request in the colours of the variables it became, the
// environment, the body, the script's output byte for byte, and what the client got. A failure comes first;
// what was found otherwise lies on the card it is about.
import { useId, useMemo } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import type { Finding, Severity, TraceView } from "../../../server/contract/trace.js";
import { readable, toByteString } from "../../format/bytes-text.js";
import { isOfFile } from "../../model/traces/is-of-file.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { CodeText } from "../../ui/code-text.js";
import { SeverityIcon } from "../../ui/severity-icon.js";
import { canonicalCharset } from "../bytes/index.js";
import { coloursOf } from "./colours.js";
import { environmentLines } from "./environment-lines.js";
import { EnvironmentPart } from "./environment-part.js";
import { FindingLinks, type FindingLinksProps, type ShowTab } from "./finding-links.js";
import { marksOf } from "./finding-marks.js";
import { HighlightScope } from "./highlight.js";
import { madeHead } from "./made-head.js";
import { OutcomeBox } from "./outcome-box.js";
import { OutputPart } from "./output-part.js";
import { requestLines, variablesOf } from "./request-lines.js";
import { RequestPart } from "./request-part.js";
import { ClientPart } from "./response-part.js";
import { StdinPart } from "./stdin-part.js";
import "./xray.css";

// One finding: what is wrong, why, where, and the section of the specification.
const notes: Record<Severity, string> = {
  error: "ui-note ui-note-bad",
  warning: "ui-note ui-note-warn",
  hint: "ui-note",
};

function FindingBox(links: FindingLinksProps) {
  const { finding } = links;
  const titleId = useId();
  return (
    <article
      className={`${notes[finding.severity]} finding-${finding.severity}`}
      aria-labelledby={titleId}
      data-severity={finding.severity}
      data-rule={finding.rule}
    >
      <SeverityIcon severity={finding.severity} className="ui-beside" />
      <div className="ui-stack finding-body">
        <h3 id={titleId} className="ui-strong finding-title">
          {wordsOf(finding.title)}
        </h3>
        <p className="ui-dim ui-wrap ui-clamp">
          <CodeText>{finding.detail}</CodeText>
        </p>
        <FindingLinks {...links} />
      </div>
    </article>
  );
}

const HeldNote = lazyPart(async () => (await import("./held-note.js")).HeldNote);

const TouchedPart = lazyPart(async () => (await import("./touched-part.js")).TouchedPart);

const MailPart = lazyPart(async () => (await import("./mail-part.js")).MailPart);

interface XrayProps {
  readonly trace: TraceView;
  /** What the script's Content-Type declares, as written; null when it declares none. */
  readonly charset: string | null;
  readonly onShow: ShowTab;
  readonly onOpenLine: FindingLinksProps["onOpenLine"];
  /** The variable that is highlighted while nothing is pointed at. */
  readonly lit?: string | null;
}

export function Xray({ trace, charset, onShow, onOpenLine, lit = null }: XrayProps) {
  const { lines, colours, environment, head, isMade } = useMemo(() => dissect(trace), [trace]);
  const lead = leadOf(trace);
  const others = trace.findings.filter((finding) => finding !== lead);
  /** The findings as strips, each leading to the bytes and the line it is about. */
  const findingsOn = (card: FindingCard) =>
    others
      .filter((finding) => cardOf(finding, trace) === card)
      .map((finding) => <FindingBox key={JSON.stringify(finding)} {...{ finding, onShow, onOpenLine }} />);
  return (
    <HighlightScope colours={colours} lit={lit}>
      <div className="ui-stack xray">
        <OutcomeBox
          trace={trace}
          lead={lead ? { finding: lead, onShow, onOpenLine } : null}
          onShowStderr={() => onShow("stderr")}
        />
        {trace.held && <HeldNote held={trace.held} />}
        {trace.process?.touched && <TouchedPart trace={trace} />}
        <RequestPart
          head={head}
          lines={lines}
          marks={marksOf(trace.findings, "request")}
          hasEnvironment={trace.env !== null}
          isMade={isMade}
          findings={findingsOn("request")}
        />
        {environment && <EnvironmentPart trace={trace} lines={environment} onShowAll={() => onShow("env")} />}
        {trace.route.kind === "static" && (
          <p className="ui-dim" data-part="static">
            This path leads to no script, so no program ran.
            {isOfFile(trace) && trace.response?.body.bytes !== 0 && " The server sent the bytes of the file unchanged."}
          </p>
        )}
        <StdinPart trace={trace} findings={findingsOn("stdin")} onShowAll={() => onShow("stdin")} />
        {trace.stdout && (
          <OutputPart
            trace={trace}
            charset={(charset === null ? null : canonicalCharset(charset)) ?? "utf-8"}
            marks={marksOf(trace.findings, "stdout")}
            findings={findingsOn("stdout")}
            onShowAll={(at) => onShow("stdout", at)}
          />
        )}
        {trace.process?.mail && <MailPart mail={trace.process.mail} />}
        <ClientPart trace={trace} findings={findingsOn("client")} />
      </div>
    </HighlightScope>
  );
}

/** The finding that explains what the box on top is about, which then shows the finding's text. */
function leadOf({ outcome, route, response, findings }: TraceView): Finding | undefined {
  if (outcome !== "ok") return findings.find(({ severity }) => severity === "error");
  return route.kind === "none" && (response?.status ?? 0) >= 400 ? findings[0] : undefined;
}

type FindingCard = "request" | "stdin" | "stdout" | "client";

/** The card that a finding lies on; one about no bytes lies on what the script wrote. */
function cardOf({ stream }: Finding, { stdin, stdout, request }: TraceView): FindingCard {
  if (stream === "request") return "request";
  if (stream === "stdin") return stdin === null && request.body.bytes === 0 ? "request" : "stdin";
  return stream === "response" || stdout === null ? "client" : "stdout";
}

/** Whether the X-ray shows the variable, or explains why it is not set. */
export function isInXray(trace: TraceView, name: string): boolean {
  const { environment } = dissect(trace);
  if (!environment) return false;
  return (
    environment.shown.some((variable) => readable(variable.name) === name) ||
    environment.absent.some((absence) => absence.name === name)
  );
}

function dissect(trace: TraceView) {
  const hasHead = trace.request.head !== "";
  const isMade = !hasHead && trace.parent !== null;
  const head = hasHead ? toByteString(trace.request.head) : madeHead(trace.request);
  const env = trace.env ?? [];
  const lines = requestLines(
    head,
    { scriptName: toByteString(trace.route.scriptName), pathInfo: toByteString(trace.route.pathInfo) },
    new Set(env.map((variable) => readable(variable.name))),
    trace.notExported,
  );
  const variables = variablesOf(lines);
  const environment =
    trace.env &&
    environmentLines(trace.env, (variable) => readable(variable.name), variables, {
      bodyBytes: trace.request.body.bytes,
      hasQuestionMark: readable(trace.request.target).includes("?"),
    });
  return { head, isMade, lines, environment, colours: coloursOf(variables) };
}
