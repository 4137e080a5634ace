// The line below the bytes: the byte at the caret or the size of the selection, the count of invalid bytes, the size of
// the stream.
import type { StreamInfo } from "../../../server/contract/trace.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { formatBytes, formatCount, formatExactBytes } from "../../format/size.js";
import { type ByteSelection, rangeOf } from "./byte-selection.js";
import { maxFoundBytes } from "./byte-view-state.js";
import { kindOf, lengthOf, stepOf } from "./characters.js";
import { type CharsetChoice, charsetLabel } from "./charset-choice.js";
import { controlLabel, controlName } from "./control-names.js";
import { iso2022jp, switchAt, switchName } from "./iso-2022-jp.js";
import type { InvalidBytes } from "./text-pane.js";
import { codeOf, decode } from "./tokens.js";
import { beginningOf } from "./whole-characters.js";

/** `0x21: ü U+00FC, c3 bc`: the character that the byte at an offset is a part of. */
export function describeByte(bytes: Uint8Array, at: number, end: number, charset: string): string {
  const offset = `0x${at.toString(16)}`;
  if (at >= end) return `${offset}: end`;
  const from = beginningOf(bytes, at, end, charset);
  const character = stepOf(charset)(bytes, from, end);
  const to = from + Math.max(1, lengthOf(character));
  const piece = bytes.subarray(from, to);
  if (kindOf(character) === "invalid")
    return `${offset}: ${spacedHex(piece)}, not ${charset === "binary" ? "text" : charset}`;
  const set = charset === iso2022jp ? switchAt(bytes, from, end) : null;
  if (set !== null) return `${offset}: ${switchName(piece)}, from here on ${set === "ascii" ? "ASCII" : set}`;
  const code = codeOf(bytes, from, to, charset);
  const name = controlName(code);
  if (name !== null) return `${offset}: ${controlLabel(name)}`;
  return `${offset}: ${code === 0x20 ? "space" : decode(bytes, from, to, charset)} U+${code.toString(16).toUpperCase().padStart(4, "0")}, ${spacedHex(piece)}`;
}

interface ByteStatusProps {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly loaded: number;
  readonly info: Pick<StreamInfo, "bytes" | "captured">;
  readonly isFile: boolean;
  readonly choice: CharsetChoice;
  readonly selection: ByteSelection | null;
  readonly invalid: InvalidBytes | null;
  /** Goes to the next invalid byte. */
  readonly onInvalid: () => void;
  readonly onFindInFiles: () => void;
}

export function ByteStatus({
  bytes,
  length,
  loaded,
  info,
  choice,
  selection,
  invalid,
  isFile,
  onInvalid,
  onFindInFiles,
}: ByteStatusProps) {
  const range = rangeOf(selection);
  const isCut = info.captured < info.bytes;
  return (
    <footer className="ui-row byte-status">
      <span role="status" className="ui-cut" data-part="place">
        {range
          ? `${formatExactBytes(range.to - range.from)} selected, 0x${range.from.toString(16)} to 0x${(range.to - 1).toString(16)}`
          : selection
            ? describeByte(bytes, selection.head, length, choice.charset)
            : charsetLabel(choice)}
      </span>
      {range && range.to - range.from <= maxFoundBytes && (
        <button
          type="button"
          className="ui-link"
          title="Find these bytes in the folder’s files"
          onClick={onFindInFiles}
        >
          Find in files
        </button>
      )}
      {invalid !== null && invalid.count > 0 && (
        <button
          type="button"
          className="byte-invalid-count ui-bad"
          onClick={onInvalid}
          title="Go to the next invalid byte"
        >
          {invalid.count === 1 ? "1 byte is" : `${formatCount(invalid.count)} bytes are`} not{" "}
          {choice.charset === "binary" ? "text" : choice.charset}
        </button>
      )}
      <span className="ui-spacer" />
      <span
        className="byte-size"
        title={
          isCut
            ? `${formatExactBytes(info.bytes)} in all. The first ${formatExactBytes(info.captured)} ${isFile ? "are shown" : "were kept"}.`
            : undefined
        }
      >
        {isCut
          ? `${formatBytes(info.bytes)}, first ${formatBytes(info.captured)} ${isFile ? "shown" : "kept"}`
          : formatExactBytes(info.bytes)}
        {loaded < length && `, ${formatBytes(loaded)} loaded`}
      </span>
    </footer>
  );
}
