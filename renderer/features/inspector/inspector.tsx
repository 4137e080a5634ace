// The inspector: one trace, every view of it. Its heading shows which trace it is, how it ended and how long it took.

import { useState } from "react";
import { traitsOf } from "../../../server/contract/modes.js";
import type { Finding, Severity, TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatMs } from "../../format/duration.js";
import { exitText, outcomeName, statusText, statusTone } from "../../format/trace-labels.js";
import { declaredCharset } from "../../model/traces/declared-charset.js";
import {
  type MainTab,
  mainTabOf,
  showMainTab,
  showTab,
  showVariable,
  type Tab,
  useInspectorState,
} from "../../model/traces/inspector-state.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { anchor } from "../../platform/anchors.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { Alert } from "../../ui/alert.js";
import { type TabItem, Tabs } from "../../ui/tabs.js";
import { TargetText } from "../../ui/target-text.js";
import { Explained } from "../header-help/index.js";
import { findingTarget, isInXray, type ShowTab, Xray } from "../xray/index.js";
import { Actions } from "./actions.js";
import { NoRecords } from "./nothing-there.js";
import { ViewStrip } from "./view-strip.js";
import "./inspector.css";

const StdinView = lazyPart(async () => (await import("./stream-views.js")).StdinView);
const StdoutView = lazyPart(async () => (await import("./stream-views.js")).StdoutView);
const StderrView = lazyPart(async () => (await import("./stream-views.js")).StderrView);
const EnvView = lazyPart(async () => (await import("./env-view.js")).EnvView);
const ResponseView = lazyPart(async () => (await import("../response/response-view.js")).ResponseView);
const MessagesView = lazyPart(async () => (await import("../messages/messages-view.js")).MessagesView);
const TimingView = lazyPart(async () => (await import("../timing/timing-view.js")).TimingView);
const EncodingView = lazyPart(async () => (await import("../encoding/encoding-view.js")).EncodingView);
const ServersView = lazyPart(async () => (await import("../servers/servers-view.js")).ServersView);
const RecordsView = lazyPart(async () => (await import("../fastcgi-records/records-view.js")).RecordsView);
const DoctorTab = lazyPart(async () => (await import("../doctor/doctor-tab.js")).DoctorTab);

export function Inspector({ trace, error }: { readonly trace: TraceView; readonly error: string | null }) {
  const tab = useInspectorState((state) => state.tab);
  const [problem, setProblem] = useState<{ readonly traceId: string; readonly text: string } | null>(null);
  const words = problem?.traceId === trace.id ? problem.text : error;
  return (
    <section className="ui-pane inspector" aria-label="Trace" data-trace-id={trace.id}>
      <Head trace={trace} onProblem={(text) => setProblem(text === null ? null : { traceId: trace.id, text })} />
      <Alert className="inspector-problem">{words}</Alert>
      <Tabs
        label="Views of the trace"
        size="small"
        className="inspector-tabs"
        value={mainTabOf(tab)}
        onChange={showMainTab}
        items={itemsOf(trace)}
        tabRef={(name) => anchor(`inspector.tab.${name}`)}
        strip={<ViewStrip trace={trace} tab={tab} />}
      >
        <View trace={trace} tab={tab} />
      </Tabs>
    </section>
  );
}

function Head({
  trace,
  onProblem,
}: {
  readonly trace: TraceView;
  readonly onProblem: (problem: string | null) => void;
}) {
  const { method, target } = trace.request;
  const what = `${readable(method)} ${readable(target)}`.trim();
  const file = useTraceRow(trace.id)?.file ?? null;
  const status = trace.response?.status || null; // 0: an NPH script wrote no status line
  const took = trace.held ? null : trace.timing.doneAt; // else a person's time is in it
  const ended = { outcome: trace.outcome, exitCode: trace.process?.exitCode };
  const exit = exitText(ended);
  return (
    <header className="ui-row inspector-head">
      <h2 className="inspector-title" aria-label={`#${trace.seq} ${what}`}>
        <b>#{trace.seq}</b>
        {what === "" ? (
          <span className="ui-mono">no request line</span>
        ) : (
          <TargetText method={readable(method)} target={readable(target)} file={file} />
        )}
      </h2>
      <Origin trace={trace} />
      <span
        data-part="status"
        className={`ui-${statusTone({ status, ...ended })}`}
        title={status === null ? outcomeName(trace.outcome) : undefined}
      >
        {status === null ? (
          statusText({ status, outcome: trace.outcome })
        ) : (
          <Explained about={{ status }} isFirst>
            {statusText({ status, outcome: trace.outcome })}
          </Explained>
        )}
        {status !== null &&
          status < 500 &&
          trace.outcome !== null &&
          trace.outcome !== "ok" &&
          ` ${outcomeName(trace.outcome)}`}
      </span>
      {exit !== null && (
        <span data-part="exit" className="ui-warn">
          {exit}
        </span>
      )}
      {took !== null && (
        <span data-part="took" className="ui-mono inspector-took">
          {formatMs(took)}
        </span>
      )}
      <Actions trace={trace} onProblem={onProblem} />
    </header>
  );
}

const parentLabel = {
  "local-redirect": "redirected from",
  replay: "sent again from",
  follow: "followed from",
} as const;

/** Where the request came from, when another one caused it. */
function Origin({ trace }: { readonly trace: TraceView }) {
  const parent = useTraceRow(trace.parent?.id ?? null);
  const select = useSelection((selection) => selection.select);
  if (!trace.parent) return null;
  const words = parentLabel[trace.parent.kind];
  return parent ? (
    <button
      type="button"
      className="ui-link inspector-origin"
      onClick={() => select(parent.id)}
      aria-label={`${words} #${parent.seq}`}
      title={`${words} #${parent.seq} ${parent.method} ${parent.target}`}
    >
      <span className="inspector-word">{words} </span>#{parent.seq}
    </button>
  ) : null;
}

const rank: Record<Severity, number> = { hint: 0, warning: 1, error: 2 };

/** The same five for every trace, so that none ever moves. */
function itemsOf({ findings }: TraceView): TabItem<MainTab>[] {
  const gravest = findings.reduce<Severity>(
    (worst, { severity }) => (rank[severity] > rank[worst] ? severity : worst),
    "hint",
  );
  const tone = gravest === "error" ? "bad" : gravest === "warning" ? "warn" : undefined;
  return [
    { value: "xray", title: "X-ray" },
    { value: "streams", title: "Streams" },
    { value: "response", title: "Response" },
    { value: "timing", title: "Timing" },
    { value: "doctor", title: "Doctor", count: findings.length, countRoom: 1, tone },
  ];
}

/** Where a variable is shown: in the X-ray when it is there, else among all in the environment. */
function revealVariable(trace: TraceView, name: string): void {
  showVariable(isInXray(trace, name) ? "xray" : "env", { traceId: trace.id, name });
}

function View({ trace, tab }: { readonly trace: TraceView; readonly tab: Tab }) {
  const revealed = useInspectorState((state) => state.reveal);
  const row = useTraceRow(trace.id);
  const file = traitsOf(row?.mode)?.isExternal ? null : (row?.file ?? null);
  const open = useSelection((selection) => selection.open);
  const reveal = revealed?.traceId === trace.id && revealed.tab === tab ? revealed : null;
  const onShow: ShowTab = (next, at, to) => showTab(next, at === undefined ? null : { traceId: trace.id, at, to });
  const onOpenLine = file === null ? null : (line: number): void => open(file, line);
  switch (tab) {
    case "xray":
      return (
        <Xray
          trace={trace}
          charset={declaredCharset(trace.script?.headers ?? [])}
          onShow={onShow}
          onOpenLine={onOpenLine}
        />
      );
    case "doctor":
      return (
        <DoctorTab
          trace={trace}
          show={{
            bytes: (finding) => bytesOf(finding, onShow),
            line: onOpenLine,
            variable: (name) => revealVariable(trace, name),
          }}
        />
      );
    case "env":
      return <EnvView trace={trace} />;
    case "stdin":
      return <StdinView trace={trace} reveal={reveal} />;
    case "stdout":
      return <StdoutView trace={trace} reveal={reveal} />;
    case "stderr":
      return <StderrView trace={trace} reveal={reveal} />;
    case "response":
      if (trace.response?.status === 101) return <MessagesView key={trace.id} trace={trace} />;
      return <ResponseView trace={trace} reveal={reveal} />;
    case "records":
      return trace.fastcgi ? (
        <RecordsView
          key={trace.id}
          traceId={trace.id}
          fastcgi={trace.fastcgi}
          detail={trace.detail}
          bodyAt={bodyAtOf(trace)}
          end={trace.timing.doneAt ?? 0}
        />
      ) : (
        <NoRecords trace={trace} />
      );
    case "encoding":
      return <EncodingView trace={trace} />;
    case "servers":
      return <ServersView key={trace.id} trace={trace} />;
    case "timing":
      return <TimingView trace={trace} onOpen={onShow} />;
  }
}

/** Where the body begins in what the script wrote; null: its headers did not end or are invalid. */
function bodyAtOf({ script, stdout }: TraceView): number | null {
  if (script === null || script.kind === "invalid") return null;
  return script.spans.find(({ is }) => is === "body")?.from ?? stdout?.bytes ?? null;
}

/** The request's head is in the X-ray itself. */
function bytesOf(finding: Finding, onShow: ShowTab): (() => void) | null {
  const { range } = finding;
  const target = findingTarget(finding);
  if (range === null) return null;
  if (target !== null) return () => onShow(target, range[0], range[1]);
  return finding.stream === "request" ? () => showTab("xray") : null;
}
