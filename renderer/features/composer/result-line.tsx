// Status, size, type, time and the first words of a response, or why there is none:
// one line, and a press opens the response.
import { Fragment } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes } from "../../format/size.js";
import { exitText, outcomeName, statusText, statusTone } from "../../format/trace-labels.js";
import { useComposer } from "../../model/request/composer-store.js";
import { useOpenSocket } from "../../model/request/open-socket.js";
import { declaredCharset, declaredType } from "../../model/traces/declared-charset.js";
import { readStream } from "../../model/traces/recorded.js";
import { isEarlierSession } from "../../model/traces/requests.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { ErrorIcon, WarningIcon } from "../../ui/icon.js";
import { firstWords, lookedAtBytes } from "./first-words.js";

export function ResultLine({ id }: { readonly id: string }) {
  const { trace, error } = useTrace(id);
  const isRunning = useComposer((composer) => composer.isRunning);
  const isOpen = useOpenSocket((socket) => socket.id === id);
  if (trace?.id !== id) return <span className="composer-result-none">{error}</span>;
  return <Line key={id} trace={trace} isOld={isRunning && !isOpen} isEarlier={isEarlierSession(id)} />;
}

interface LineProps {
  readonly trace: TraceView;
  /** Another request is on its way. */
  readonly isOld: boolean;
  readonly isEarlier: boolean;
}

function Line({ trace, isOld, isEarlier }: LineProps) {
  const { response, timing, outcome, held } = trace;
  const words = useWords(trace);
  const status = response?.status ?? null;
  const ended = { outcome, exitCode: trace.process?.exitCode };
  const tone = statusTone({ status, ...ended });
  const cause = causeOf(trace);
  const exit = exitText(ended);
  const type = declaredType(response?.headers ?? []);
  const Sign = tone === "bad" ? ErrorIcon : tone === "warn" ? WarningIcon : null;
  const facts: readonly (readonly [string, string])[] = [
    ["status", statusText({ status, outcome })],
    ...(cause === null ? [] : [["cause", cause] as const]),
    ...(exit === null ? [] : [["exit", exit] as const]),
    ...(response === null || response.status === 101 ? [] : [["size", formatBytes(response.body.bytes)] as const]),
    ...(type === null ? [] : [["type", type] as const]),
    ...(timing.doneAt === null || held ? [] : [["took", formatMs(timing.doneAt)] as const]),
    ...(isEarlier ? [["session", "earlier session"] as const] : []),
  ];
  return (
    <button
      type="button"
      className="ui-row composer-result"
      title={hintOf("request.response")}
      aria-description="Opens the response"
      data-old={isOld || isEarlier || undefined}
      onClick={() => runCommand("request.response")}
    >
      {Sign && (
        <Sign
          className={`ui-${tone}`}
          role="img"
          aria-label={tone === "bad" ? "Failed:" : exit === null ? "Refused:" : "Warning:"}
        />
      )}
      {facts.map(([part, content], index) => (
        <Fragment key={part}>
          {index > 0 && <Dot of={part} />}
          <span data-part={part} className={classOf(part, tone)}>
            {content}
          </span>
        </Fragment>
      ))}
      {words !== "" && <Dot of="words" />}
      <span data-part="words" className="composer-result-words ui-mono ui-cut">
        {words}
      </span>
      <span className="composer-result-open" aria-hidden="true">
        Open #{trace.seq}
      </span>
    </button>
  );
}

const classOf = (part: string, tone: string): string | undefined =>
  ({ cause: "ui-cut", exit: "ui-warn", status: `ui-${tone}` })[part];

const Dot = ({ of }: { readonly of: string }) => (
  <span className="ui-faint" data-of={of} aria-hidden="true">
    ·
  </span>
);

/** In a few words, only for what failed: how it ended, or what the doctor says first. */
function causeOf({ outcome, response, findings }: TraceView): string | null {
  const error = wordsOf(findings.find(({ severity }) => severity === "error")?.title ?? null);
  if (outcome !== null && outcome !== "ok") return error ?? (response === null ? null : outcomeName(outcome));
  return (response?.status ?? 0) >= 500 ? error : null;
}

/** The beginning of the body in quotation marks, or why there are none. */
function useWords({ id, outcome, response }: TraceView): string {
  const captured = response?.body.captured ?? 0;
  const charset = declaredCharset(response?.headers ?? []);
  const isOver = outcome !== null;
  const { value, error } = useLoaded(isOver && captured > 0 ? `${id} ${captured} ${charset}` : null, async () => {
    const text = firstWords(await readStream(id, "response-body", Math.min(captured, lookedAtBytes)), charset);
    return text === null ? "not text" : `“${text}”`;
  });
  return captured === 0 && isOver && response !== null && response.status !== 101 ? "no body" : (value ?? error ?? "");
}
