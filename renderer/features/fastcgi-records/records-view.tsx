// The records of the timing: the conversation with a FastCGI application, record by record. Two lanes in time, the
// list, and the chosen record taken apart to its bytes.
import { useMemo, useState } from "react";
import { type Sentence, wordsOf } from "../../../server/contract/message.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes, formatCount, ordinal } from "../../format/size.js";
import { Lanes } from "./lanes.js";
import { RecordDetail } from "./record-detail.js";
import type { Fastcgi } from "./record-lanes.js";
import { RecordList } from "./record-list.js";
import "./records.css";

interface RecordsViewProps {
  readonly traceId: string;
  readonly fastcgi: Fastcgi;
  /** Why the request ended as it did, a sentence; null when there is nothing to say. */
  readonly detail: Sentence | null;
  /** Where in stdout the body begins; null: not known. */
  readonly bodyAt: number | null;
  /** When the request was over, ms after its first byte; 0: it is not yet. */
  readonly end: number;
}

export function RecordsView({ traceId, fastcgi, detail, bodyAt, end }: RecordsViewProps) {
  const { records, omitted } = fastcgi;
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, records.length - 1);
  const record = records[index];
  const endMs = useMemo(() => Math.max(0.1, end, records[records.length - 1]?.at ?? 0), [records, end]);
  if (!record)
    return (
      <div className="ui-empty">
        <strong>No records were sent</strong>
        <p>
          The request ended before the gateway sent anything to the application
          {fastcgi.worker !== null && ` (${fastcgi.worker})`}.
        </p>
        {detail !== null && <p>{wordsOf(detail)}</p>}
        <Notes fastcgi={fastcgi} />
      </div>
    );
  return (
    <div className="records">
      <p className="records-about ui-dim">{conversationLabel(fastcgi)}</p>
      {end > 0 && detail !== null && fastcgi.protocolStatus === null && (
        <p className="records-about ui-bad">No END_REQUEST arrived. {wordsOf(detail)}</p>
      )}
      <Notes fastcgi={fastcgi} />
      <Lanes records={records} end={endMs} index={index} onChoose={setChosen} />
      <RecordList
        traceId={traceId}
        fastcgi={fastcgi}
        bodyAt={bodyAt}
        endMs={endMs}
        index={index}
        onChoose={setChosen}
      />
      {omitted > 0 && (
        <p className="records-bound ui-dim">
          Only the first {formatCount(records.length)} records are listed. Stdin, Stdout and Stderr show the content of
          the other {formatCount(omitted)}, too.
        </p>
      )}
      <RecordDetail
        key={`${record.direction} ${record.offset}`}
        traceId={traceId}
        fastcgi={fastcgi}
        record={record}
        index={index}
      />
    </div>
  );
}

/** `worker 1, pid 5120, its 3rd request · reused connection · 904 B sent, 6.2 KiB received`. */
function conversationLabel({ worker, pid, nth, reused, sent, received, readyAt, connectedAt }: Fastcgi): string {
  const who =
    worker === null
      ? ""
      : `${worker}${pid === null ? "" : `, pid ${pid}`}${nth === null ? "" : `, its ${ordinal(nth)} request`} · `;
  const opened = readyAt !== null && connectedAt !== null ? `, opened in ${formatMs(connectedAt - readyAt)}` : "";
  return `${who}${reused ? "reused connection" : `new connection${opened}`} · ${formatBytes(sent.bytes)} sent, ${formatBytes(received.bytes)} received`;
}

/** Codes of notes on what no user can fix (php-cgi always does this), and on what is allowed. */
const usual: ReadonlySet<string | null> = new Set(["stdout-not-ended", "body-unread"]);

/** What the application did that FastCGI does not allow, and what became of earlier attempts. */
function Notes({ fastcgi: { notes, noteCodes } }: { readonly fastcgi: Fastcgi }) {
  if (notes.length === 0) return null;
  return (
    <ul className="records-notes" aria-label="Notes">
      {notes.map((note, index) => (
        <li key={wordsOf(note)} className={usual.has(noteCodes[index]?.code ?? null) ? "ui-dim" : "ui-warn"}>
          {wordsOf(note)}
        </li>
      ))}
    </ul>
  );
}
