// What one server would have sent and logged, cell by cell.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { ServerAnswer } from "../../../server/contract/servers-contract.js";
import { statusLine } from "../../../server/formats/glossary/statuses.js";
import { readable } from "../../format/bytes-text.js";
import { formatBytes } from "../../format/size.js";
import { statusTone } from "../../format/trace-labels.js";

/** `here`: the status that the workbench sent. */
export function StatusCell({
  server: { status },
  here,
}: {
  readonly server: ServerAnswer;
  readonly here: number | null;
}) {
  if (status === null) return <span className="servers-mark">no status</span>;
  return (
    <>
      <b
        className={`servers-status ui-${statusTone({ status, outcome: "ok" })}`}
        data-differs={status !== here || undefined}
      >
        {status}
      </b>{" "}
      {statusLine(status).slice(4)}
    </>
  );
}

type Headers = readonly (readonly [BytesText, BytesText])[];
const keyOf = (name: BytesText): string => readable(name).toLowerCase();
const signs = { same: "", added: "+", changed: "~", dropped: "−" } as const;
const spoken = { same: "", added: "added: ", changed: "changed: ", dropped: "dropped: " } as const;

/** The headers beside those that the script wrote. */
export function HeadersCell({
  server: { headers },
  script,
}: {
  readonly server: ServerAnswer;
  readonly script: Headers;
}) {
  const written = script.filter(([name]) => keyOf(name) !== "status");
  const lines = headers.map(([name, value]) => {
    const same = written.filter(([given]) => keyOf(given) === keyOf(name));
    const isSame = same.some(([, given]) => readable(given).trim() === readable(value).trim());
    const is = isSame ? "same" : same.length > 0 ? "changed" : "added";
    return { is, text: value === "" ? readable(name) : `${readable(name)}: ${readable(value)}` } as const;
  });
  const dropped = new Set(
    written.filter(([name]) => !headers.some(([sent]) => keyOf(sent) === keyOf(name))).map(([name]) => readable(name)),
  );
  const all = [...lines, ...[...dropped].map((text) => ({ is: "dropped", text }) as const)];
  return (
    <ul className="ui-mono servers-headers">
      {all.map(({ is, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers of one response never move
        <li key={index} data-is={is}>
          <span aria-hidden="true">{signs[is]} </span>
          <span className="ui-hidden">{spoken[is]}</span>
          {is === "dropped" ? <s>{text}</s> : text}
        </li>
      ))}
    </ul>
  );
}

export function BodyCell({ server: { body } }: { readonly server: ServerAnswer }) {
  if (body.bytes === 0) return <span className="ui-dim">Empty</span>;
  const text = readable({ base64: body.base64 }).replace(/\s+/g, " ").slice(0, 200);
  return (
    <span className="ui-row">
      <span className="ui-mono ui-cut">{text}</span>{" "}
      <span className="ui-dim servers-size ui-num">{formatBytes(body.bytes)}</span>
    </span>
  );
}

/** Shows as which user, in which folder and for how long the server would run the script. */
export function RunsCell({ server: { runs, leaks } }: { readonly server: ServerAnswer }) {
  const { user, inScriptFolder, hasPath, seconds } = runs;
  const variables = leaks
    ? "PATH, HOME and locale of the server"
    : hasPath
      ? "PATH of the server, no HOME, no locale"
      : "no PATH, HOME or locale";
  return (
    <>
      {user ?? "Whoever starts it"}, umask 022; in {inScriptFolder ? "the script’s folder" : "the server’s own folder"};{" "}
      {variables}; {seconds === null ? "never ended" : `ended after ${seconds} s of silence`}
    </>
  );
}

/** A traceback in one column would push all others out of sight. */
const shownLines = 8;

export function Lines({
  lines,
  none,
  className,
}: {
  readonly lines: readonly string[];
  readonly none: string;
  readonly className?: string;
}) {
  if (lines.length === 0) return <span className="ui-dim">{none}</span>;
  return (
    <ul className={className}>
      {lines.slice(0, shownLines).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one cell never move
        <li key={index}>{line}</li>
      ))}
      {lines.length > shownLines && <li title={lines.join("\n")}>… {lines.length - shownLines} more</li>}
    </ul>
  );
}
