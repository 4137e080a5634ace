// The commands of the byte view on the screen.
import { needsFolder } from "../../model/folder/command-needs.js";
import { findBytesInFiles } from "../../model/folder/search-form.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { type ByteMode, maxFoundBytes, useByteViewState, useShownBytes } from "./byte-view-state.js";

const needsBytes = (): string | null =>
  useShownBytes.getState().shown ? null : "Show a stream of a trace first: Stdin, Stdout, Stderr or Response.";
const selected = (): string => shown()?.selected() ?? "";
function whyNotFound(): string | null {
  const bytes = selected();
  if (bytes === "") return "Select bytes first.";
  return bytes.split(" ").length > maxFoundBytes ? `Select at most ${maxFoundBytes} bytes.` : needsFolder();
}
const shown = () => useShownBytes.getState().shown?.current;

const showAs = (mode: ByteMode): void => useByteViewState.setState({ mode, fileMode: mode });

// Ctrl F, F3 and Ctrl C belong to the bytes only while they have the focus (the
// editor has its own): byte-view.tsx takes them.
export const byteCommands = {
  "bytes.find": command(needsBytes, () => shown()?.find()),
  "bytes.next": command(needsBytes, () => shown()?.goTo(1)),
  "bytes.previous": command(needsBytes, () => shown()?.goTo(-1)),
  "bytes.readAs": command(needsBytes, () => void requestAnimationFrame(() => shown()?.readAs())),
  "bytes.copyText": command(needsBytes, () => shown()?.copy("text")),
  "bytes.copyHex": command(needsBytes, () => shown()?.copy("hex")),
  "bytes.copyBase64": command(needsBytes, () => shown()?.copy("base64")),
  "bytes.save": command(needsBytes, () => shown()?.save()),
  "bytes.findInFiles": command(whyNotFound, () => findBytesInFiles(selected())),
  "bytes.text": command(always, () => showAs("text")),
  "bytes.hex": command(always, () => showAs("hex")),
  "bytes.both": command(always, () => showAs("both")),
} satisfies Partial<Commands>;
