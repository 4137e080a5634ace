// A WebSocket’s messages with their times and directions, while they come; and if the composer has it open, the field
// for the next one.
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import { traitsOf } from "../../../server/contract/modes.js";
import type { StreamInfo, TraceView } from "../../../server/contract/trace.js";
import { messagesOf, type SocketMessage } from "../../../server/formats/web-socket/messages.js";
import { utf8Text } from "../../../server/protocol/byte-string.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { useOpenSocket } from "../../model/request/open-socket.js";
import { readStream } from "../../model/traces/recorded.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useClient } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import "./messages.css";

/** So many of the newest messages are shown at first, and so many more each time; and so much of each. */
const pageLength = 500;
const maxShownBytes = 4096;
const noBytes = new Uint8Array(0);

export function MessagesView({ trace }: { readonly trace: TraceView }) {
  const { id, stdin, stdout } = trace;
  const unit = traitsOf(trace.route.mode)?.webSocket ?? "line";
  const [problem, setProblem] = useState<string | null>(null);
  const heard = useKept(id, "stdin", stdin, setProblem);
  const said = useKept(id, "stdout", stdout, setProblem);
  const messages = useMemo(
    () => messagesOf({ info: stdin, bytes: heard }, { info: stdout, bytes: said }, unit),
    [stdin, stdout, heard, said, unit],
  );
  const [most, setMost] = useState(pageLength);
  const shown = messages.slice(-most);
  const earlier = messages.length - shown.length;
  const lost = [stdin, stdout].reduce((sum, stream) => sum + (stream ? stream.bytes - stream.captured : 0), 0);
  const list = useRef<HTMLElement>(null);
  const isOpen = useOpenSocket((socket) => socket.id === id) && trace.outcome === null;
  return (
    <div className="ui-pane">
      <p className="ui-small ui-dim messages-count" data-count={messages.length}>
        {formatCount(messages.length)} {messages.length === 1 ? "message" : "messages"}
        {lost > 0 && `; ${formatBytes(lost)} more passed and were not kept (limits.captureBytes)`}
        {trace.detail !== null && ` · ${wordsOf(trace.detail)}`}
      </p>
      <Alert>{problem}</Alert>
      {earlier > 0 && (
        <Button
          look="quiet"
          onClick={() => {
            setMost(most + pageLength);
            if (earlier <= pageLength) list.current?.focus(); // the button goes
          }}
        >
          Show {earlier > pageLength ? `${formatCount(pageLength)} of` : "all"} {formatCount(earlier)} earlier messages
        </Button>
      )}
      <ScrollRegion ref={list} className="messages-list" aria-label="All messages">
        <table aria-label="Messages">
          <tbody>
            {shown.map((message, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their places
              <MessageRow key={earlier + index} message={message} isText={unit === "line"} />
            ))}
          </tbody>
        </table>
        {messages.length === 0 && <p className="ui-empty">No message yet.</p>}
      </ScrollRegion>
      {isOpen && <NextMessage id={id} onProblem={setProblem} />}
    </div>
  );
}

function MessageRow({ message, isText }: { readonly message: SocketMessage; readonly isText: boolean }) {
  const { at, from, length } = message;
  const bytes = message.bytes.subarray(0, maxShownBytes);
  const text = isText ? utf8Text(bytes) : null;
  const isCut = bytes.length < length;
  return (
    <tr data-from={from}>
      <td className="ui-figures ui-dim messages-at">{at.toFixed(3)} ms</td>
      <td className={from === "client" ? "messages-in" : "messages-out"}>
        {from === "client" ? "→ to script" : "← to client"}
      </td>
      <td className="ui-figures ui-dim">{formatBytes(length)}</td>
      <td className="ui-mono messages-text">
        {text ?? spacedHex(bytes)}
        {isCut && <span className="ui-dim"> …</span>}
      </td>
    </tr>
  );
}

function NextMessage({ id, onProblem }: { readonly id: string; readonly onProblem: (problem: string | null) => void }) {
  const [text, setText] = useState("");
  const say = (said: string | null): void => {
    connected()
      .requests.say({ id, text: said })
      .then(
        () => onProblem(null),
        (error: unknown) => onProblem(problemText(problemOf(error))),
      );
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    say(text);
    setText("");
  };
  return (
    <form className="ui-row messages-next" onSubmit={send}>
      <input
        className="ui-field ui-mono messages-field"
        aria-label="Message"
        placeholder="Message"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="primary">
        Send
      </Button>
      <Button onClick={() => say(null)}>Close</Button>
    </form>
  );
}

/** The bytes of a stream that were kept; those that are new are read. */
function useKept(
  id: string,
  name: "stdin" | "stdout",
  info: StreamInfo | null,
  onProblem: (problem: string) => void,
): Uint8Array {
  const client = useClient();
  const captured = info?.captured ?? 0;
  const [kept, setKept] = useState(noBytes);
  useEffect(() => {
    if (client === null || captured <= kept.length) return;
    const stop = new AbortController();
    readStream(id, name, captured, stop.signal, kept).then(
      (bytes) => stop.signal.aborted || setKept(bytes),
      (error: unknown) => stop.signal.aborted || onProblem(problemText(problemOf(error))),
    );
    return () => stop.abort();
  }, [client, id, name, captured, kept, onProblem]);
  return kept;
}
