// What proves a finding, each piece leading to where it is: bytes, a line, a variable; the rest as it was measured.
import type { Evidence, Finding } from "../../../server/contract/trace.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useSelection } from "../../platform/selection.js";
import { modeLetters } from "./change-lines.js";

export interface ShowEvidence {
  /** Shows the finding's bytes, marked; null where they are nowhere to be shown. */
  bytes(finding: Finding): (() => void) | null;
  /** Opens the script at a line; null when it is not in the workspace. */
  readonly line: ((line: number) => void) | null;
  variable(name: string): void;
}

const streamNames = {
  stdin: "stdin",
  stdout: "stdout",
  stderr: "stderr",
  request: "the request",
  response: "the response",
} as const;

export function EvidenceLine({ finding, show }: { readonly finding: Finding; readonly show: ShowEvidence }) {
  const { range, stream, line, evidence } = finding;
  const showBytes = show.bytes(finding);
  const { line: openLine } = show;
  if (!showBytes && line === null && evidence.length === 0) return null;
  return (
    <ul className="ui-small doctor-evidence" aria-label="Evidence">
      {showBytes && range && stream && (
        <li>
          <button type="button" className="ui-link" onClick={showBytes}>
            Show the {range[1] - range[0] === 1 ? "byte" : `${range[1] - range[0]} bytes`} at 0x{range[0].toString(16)}{" "}
            of {streamNames[stream]}
          </button>
        </li>
      )}
      {line !== null && openLine && (
        <li>
          <button type="button" className="ui-link" onClick={() => openLine(line)}>
            Open line {line}
          </button>
        </li>
      )}
      {evidence.map((piece) => (
        <li key={JSON.stringify(piece)}>
          <Piece piece={piece} show={show} />
        </li>
      ))}
    </ul>
  );
}

function Piece({ piece, show }: { readonly piece: Evidence; readonly show: ShowEvidence }) {
  switch (piece.kind) {
    case "variable":
      return (
        <button type="button" className="ui-link ui-mono ui-wrap" onClick={() => show.variable(piece.name)}>
          {piece.name}
          {piece.value === null ? " is not set" : `=${piece.value}`}
        </button>
      );
    case "errno":
      return (
        <>
          The system reported <code className="ui-mono">{piece.errno}</code>
        </>
      );
    case "process":
      return piece.signal !== null ? (
        <>
          Ended by <code className="ui-mono">{piece.signal}</code>
        </>
      ) : (
        <>Exit code {piece.exitCode ?? "unknown"}</>
      );
    case "mode":
      return (
        <>
          <code className="ui-mono">
            {piece.mode === null ? "missing" : `${modeLetters(Number.parseInt(piece.mode, 8))} ${piece.mode}`}
          </code>{" "}
          <span className="ui-mono ui-dim">{piece.path}</span>
        </>
      );
    case "file":
      return <FilePlace {...piece} />;
    case "quote":
      return (
        <>
          <span className="ui-dim">{piece.of}: </span>
          <code className="ui-mono doctor-quote">{piece.text}</code>
        </>
      );
  }
}

/** A file of the folder opens in the editor. */
export function FilePlace({ path, line }: Pick<Extract<Evidence, { kind: "file" }>, "path" | "line">) {
  const root = useWorkspace(({ workspace }) => workspace?.root);
  const open = useSelection((selection) => selection.open);
  const inFolder = path.startsWith(`${root}/`) ? path.slice(`${root}/`.length) : path;
  const shown = `${inFolder}${line === null ? "" : `:${line}`}`;
  if (inFolder.startsWith("/")) return <span className="ui-mono ui-dim">{shown}</span>;
  return (
    <button type="button" className="ui-link ui-mono" onClick={() => open(inFolder, line ?? undefined)}>
      {shown}
    </button>
  );
}
