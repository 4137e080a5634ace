// What the byte view on the screen can be told.
import { always, type Command, command } from "../../platform/command.js";
import { useByteViewState, useShownBytes } from "./byte-view-state.js";

const needsBytes = (): string | null =>
  useShownBytes.getState().shown ? null : "Show a stream of a trace first: Stdin, Stdout, Stderr or Response.";
const shown = () => useShownBytes.getState().shown;

// Ctrl F, F3 and Ctrl C belong to the bytes only while they have the focus (the editor has its own): byte-view.tsx takes them.
export const byteCommands: readonly Command[] = [
  command("bytes.find", "Find in bytes", [], needsBytes, () => shown()?.find()),
  command("bytes.next", "Next match in bytes", [], needsBytes, () => shown()?.goTo(1)),
  command("bytes.previous", "Previous match in bytes", [], needsBytes, () => shown()?.goTo(-1)),
  command(
    "bytes.readAs",
    "Read bytes as another charset…",
    [],
    needsBytes,
    () => void requestAnimationFrame(() => shown()?.readAs()),
  ),
  command("bytes.copyText", "Copy bytes as text", [], needsBytes, () => shown()?.copy("text")),
  command("bytes.copyHex", "Copy bytes as hex", [], needsBytes, () => shown()?.copy("hex")),
  command("bytes.copyBase64", "Copy bytes as base64", [], needsBytes, () => shown()?.copy("base64")),
  command("bytes.text", "Show bytes as text", [], always, () => useByteViewState.setState({ mode: "text" })),
  command("bytes.hex", "Show bytes as hex", [], always, () => useByteViewState.setState({ mode: "hex" })),
  command("bytes.both", "Show bytes as text and hex", [], always, () => useByteViewState.setState({ mode: "both" })),
];
