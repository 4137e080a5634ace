// The last lines a failing script wrote to stderr: usually the reason, in its own words.
import type { TraceView } from "../../../server/contract/trace.js";
import { formatBytes } from "../../format/size.js";
import { ByteTokens, tokensOf, useRange, wholeFrom } from "../bytes/index.js";

/** Lines and bytes shown at most. */
const tailLines = 8;
const tailBytes = 4096;

export function StderrTail({
  trace,
  captured,
  isCut,
  onShowAll,
}: {
  readonly trace: TraceView;
  readonly captured: number;
  /** More came after the captured bytes, and was not kept. */
  readonly isCut: boolean;
  readonly onShowAll: () => void;
}) {
  const from = Math.max(0, captured - tailBytes);
  const bytes = useRange(trace.id, "stderr", from, captured - from);
  if (bytes === null) return null;
  const skipped = from === 0 ? 0 : wholeFrom(bytes, 0);
  const lines = lastLines(bytes, tailLines);
  const isAll = from === 0 && (lines[0]?.from ?? 0) === 0;
  return (
    <>
      <div className="ui-dim xray-stderr-title">
        <span>
          {isCut
            ? `The last lines of the first ${formatBytes(captured)} of stderr: the rest was not kept`
            : isAll
              ? "The script wrote to stderr"
              : "The script’s last lines on stderr"}
        </span>
        <button type="button" className="ui-link" onClick={onShowAll}>
          Open Stderr
        </button>
      </div>
      <div className="ui-box ui-mono ui-wrap xray-stderr" data-part="stderr-tail">
        {lines.map((line) => (
          <div key={line.from}>
            <ByteTokens tokens={tokensOf(bytes, Math.max(line.from, skipped), line.to, "utf-8")} />
          </div>
        ))}
      </div>
    </>
  );
}

/** At most `count` lines, offsets into `bytes`; a line feed at the very end begins no further line. */
export function lastLines(bytes: Uint8Array, count: number): { readonly from: number; readonly to: number }[] {
  const lines: { readonly from: number; readonly to: number }[] = [];
  let to = bytes[bytes.length - 1] === 0x0a ? bytes.length - 1 : bytes.length;
  while (to >= 0 && lines.length < count && bytes.length > 0) {
    const feed = to === 0 ? -1 : bytes.lastIndexOf(0x0a, to - 1);
    lines.unshift({ from: feed + 1, to });
    if (feed === -1) break;
    to = feed;
  }
  return lines;
}
