// What the script wrote: its header lines with their offsets and line ends, the blank line, and the beginning of its
// body.

import { type ReactNode, useRef } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { fromBytes } from "../../../server/protocol/byte-string.js";
import { formatMs } from "../../format/duration.js";
import { plural } from "../../format/plural.js";
import { formatBytes, formatExactBytes } from "../../format/size.js";
import { bodyStart } from "../../model/traces/body-start.js";
import { anchor } from "../../platform/anchors.js";
import { ByteTokens, type Mark, tokensOf, useStream, wholeTo } from "../bytes/index.js";
import { Explained, useNameKeys } from "../header-help/index.js";
import { Card } from "./card.js";
import {
  bodyLines,
  headLines,
  maxBodyBytes,
  maxLineBytes,
  type OutputLine,
  type OutputPart as Part,
} from "./output-lines.js";

/** Height of a line, as in xray.css. */
const linePx = 19;
/** Lines of a body that the picture shows. */
const firstBodyLines = 2;

interface OutputPartProps {
  readonly trace: TraceView;
  /** Of the body, as the Encoding Standard names it. */
  readonly charset: string;
  readonly marks: readonly Mark[];
  readonly findings: ReactNode;
  readonly onShowAll: (at: number) => void;
}

export function OutputPart({ trace, charset, marks, findings, onShowAll }: OutputPartProps) {
  const nameKeys = useNameKeys<HTMLDivElement>();
  const stdout = trace.stdout;
  const spans = trace.script?.spans ?? [];
  const from = bodyStart(spans);
  const needed = Math.min(stdout?.captured ?? 0, from + maxBodyBytes);
  const { loader, state } = useStream(trace.id, "stdout", needed);
  const { bytes, prefix } = loader.buffer;
  const isRead = trace.script !== null && trace.script.kind !== "invalid";
  const head = headLines(spans);
  const isComplete = prefix >= needed;
  const here = Math.min(prefix, needed);
  const end = needed < (stdout?.bytes ?? 0) ? wholeTo(bytes, from, here, charset) : here;
  const body = bodyLines(bytes.subarray(0, end), from, isRead ? "body" : "unread", isRead ? charset : "utf-8");
  // What was not understood is the point of the picture; of a body its beginning says enough.
  const shownBody = isRead ? body.slice(0, firstBodyLines) : body;
  const shownTo = [...head.lines, ...head.last, ...shownBody].at(-1)?.to ?? 0;
  const rest = (stdout?.bytes ?? 0) - shownTo;
  // While the bytes are on their way, the lines that will come keep their room, so that nothing below jumps. The body
  // probably has as many as that of the trace before.
  const bodyRows = useRef(1);
  if (isComplete && needed > from) bodyRows.current = shownBody.length + (rest > 0 ? 1 : 0);
  const headRows = head.lines.length + head.last.length + (head.omitted === null ? 0 : 1);
  const expectedHeight = (headRows + (needed > from ? bodyRows.current : 0)) * linePx;
  const firstName = spans.find(({ is }) => is === "name")?.from;
  const digits = Math.max(4, Math.max(0, shownTo - 1).toString(16).length);
  const lineView = (line: OutputLine) => (
    <div key={line.from} ref={anchor(`xray.output.${line.is}`)} className="xray-output-line" data-line={line.is}>
      <span className="xray-offset" data-part="offset">
        {line.from.toString(16).padStart(digits, "0")}
      </span>
      <span className="ui-wrap xray-output-text">
        {line.parts.map((part) => (
          <PartView
            key={part.from}
            part={part}
            line={line}
            isFirst={part.from === firstName}
            bytes={bytes}
            charset={charset}
            marks={marks}
          />
        ))}
        {line.is === "empty-line" && (
          <span className="ui-faint">
            {" "}
            end of headers{trace.timing.headersAt !== null && `, at ${formatMs(trace.timing.headersAt)}`}
          </span>
        )}
      </span>
    </div>
  );
  const moreView = (words: string, at: number) => (
    <button type="button" className="ui-link xray-output-rest" onClick={() => onShowAll(at)}>
      {words}
    </button>
  );
  return (
    <Card
      label="Script output"
      cardRef={anchor("xray.output")}
      title={
        <>
          Stdout <span className="ui-dim xray-of">{titleOf(trace)}</span>
        </>
      }
      aside={endingOf(trace)}
      findings={findings}
    >
      {state.error !== null && <p className="ui-bad">{state.error}</p>}
      {(stdout?.bytes ?? 0) > 0 && (
        <div
          ref={nameKeys}
          className="ui-mono xray-output"
          style={{ minHeight: isComplete ? undefined : expectedHeight }}
        >
          {isComplete && (
            <>
              {head.lines.map(lineView)}
              {head.omitted !== null && moreView(plural(head.omitted.count, "more header line"), head.omitted.at)}
              {[...head.last, ...shownBody].map(lineView)}
              {rest > 0 && moreView(plural(rest, "more byte"), shownTo)}
            </>
          )}
        </div>
      )}
      {/* What was tolerated. Why an output is not a response is shown on top. */}
      {isRead && trace.script?.why != null && <p className="xray-why ui-dim">{wordsOf(trace.script.why)}</p>}
    </Card>
  );
}

/** `first write at 91.0 ms · exit 0`. */
function endingOf({ timing, process, fastcgi }: TraceView): string {
  const facts = timing.firstByteAt === null ? [] : [`first write at ${formatMs(timing.firstByteAt)}`];
  if (fastcgi === null && process?.exitCode != null) facts.push(`exit ${process.exitCode}`);
  return facts.join(" · ");
}

const partClass: Record<Part["is"], string | undefined> = {
  "status-line": "xray-name",
  name: "xray-name",
  colon: "ui-dim",
  space: undefined,
  value: undefined,
  "line-end": undefined,
  "empty-line": undefined,
  body: undefined,
  malformed: "xray-malformed",
};

function PartView({
  part,
  line,
  isFirst,
  bytes,
  charset,
  marks,
}: {
  readonly part: Part;
  readonly line: OutputLine;
  /** The first header name of all. */
  readonly isFirst: boolean;
  readonly bytes: Uint8Array;
  readonly charset: string;
  readonly marks: readonly Mark[];
}) {
  const end = Math.min(part.to, part.from + maxLineBytes, bytes.length);
  const readAs = line.is === "body" ? charset : "utf-8";
  const to = end < part.to ? wholeTo(bytes, part.from, end, readAs) : end;
  const tokens = tokensOf(bytes, part.from, to, readAs, marks);
  if (part.is === "name")
    return (
      <Explained about={{ field: fromBytes(bytes, part.from, to) }} isFirst={isFirst} className="xray-name">
        <ByteTokens tokens={tokens} />
      </Explained>
    );
  return (
    <span
      className={partClass[part.is]}
      title={part.is === "malformed" ? "not a valid header: parsing stopped here" : undefined}
    >
      <ByteTokens tokens={tokens} />
      {to < part.to && <span className="ui-faint">… {formatBytes(part.to - to)} more</span>}
    </span>
  );
}

function titleOf(trace: TraceView): string {
  const bytes = trace.stdout?.bytes ?? 0;
  if (bytes === 0) return trace.outcome === null ? "nothing was written yet" : "nothing was written";
  const kind = trace.script?.kind;
  const wrote = formatExactBytes(bytes);
  if (kind === "nph") return `${wrote}, the whole HTTP response (NPH)`;
  if (kind === "local-redirect") return `${wrote}, a local redirect`;
  if (kind === "client-redirect" || kind === "client-redirect-document") return `${wrote}, a redirect`;
  return wrote;
}
