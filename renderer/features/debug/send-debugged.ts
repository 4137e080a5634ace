// Sends what is debugged: the composer's request, or for "Stop where this was written" that of a trace again, whose
// script stops where it writes the byte. What is on the screen is saved first: the script that runs is the one on the
// disk.
import type { TraceView } from "../../../server/contract/trace.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { readable } from "../../format/bytes-text.js";
import { useBreakpoints } from "../../model/debug/breakpoints.js";
import { hasEdits } from "../../model/documents/document-store.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { isSafe, useComposer } from "../../model/request/composer-store.js";
import { subjectOf } from "../../model/request/load.js";
import { type ChosenByte, chosenByte } from "../../model/traces/chosen-byte.js";
import { readTrace } from "../../model/traces/recorded.js";
import { stdoutPlace } from "../../model/traces/stdout-place.js";
import { openDialog } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { untilEnded } from "../../rpc/sending.js";
import { bodyRange, connected } from "../../rpc/store.js";
import { sendRequest } from "../composer/index.js";
import { beginDebugging, leaveUnsent } from "./debug-session.js";
import type { RecordedByte } from "./debug-store.js";

export async function sendDebugged(): Promise<void> {
  if (!(await saveDebugged(useComposer.getState().subject))) return;
  const session = await beginDebugging("own");
  await sendRequest({ debug: session });
  leaveUnsent(session);
}

/** `subject`: the script of the request. False: something could not be saved, and the window shows why. */
async function saveDebugged(subject: string | null): Promise<boolean> {
  const { openFile } = useSelection.getState();
  const paths = new Set([subject ?? "", openFile ?? "", ...useBreakpoints.getState().byPath.keys()]);
  for (const path of paths) {
    if (!hasEdits(path) || (await saveDocument(path, { sendsItself: true }))) continue;
    notify("bad", `${path} could not be saved, so nothing was sent.`);
    return false;
  }
  return true;
}

export async function stopWhereWritten(): Promise<void> {
  const byte = chosenByte();
  if (!byte) return;
  const trace = await readTrace(byte.traceId);
  const wanted = await recordedByte(trace, byte);
  if (typeof wanted === "string") return notify("bad", wanted);
  const method = readable(trace.request.method);
  if (isSafe(method)) return sendForOrigin(wanted);
  openDialog("byte-origin", [method, wanted.traceId, wanted.stream, wanted.offset].join(" "));
}

type PlainByte = Omit<RecordedByte, "expected">;

async function recordedByte(trace: TraceView, { traceId, stream, at }: ChosenByte): Promise<PlainByte | string> {
  if (stream === "stdout" || stream === "stderr") return { traceId, stream, offset: at };
  if (stream !== "response-body") return "A script writes stdout and stderr alone. Choose a byte of those.";
  const place = await stdoutPlace(trace, at);
  return typeof place === "string" ? place : { traceId, stream: "stdout", offset: place };
}

/** So many bytes tell the place from another one. */
const expectedBytes = 16;

export async function sendForOrigin(byte: PlainByte): Promise<void> {
  const { request } = await readTrace(byte.traceId);
  if (!(await saveDebugged(subjectOf(readable(request.target))))) return;
  const bytes = await bodyRange(byte.traceId, byte.stream, byte.offset, expectedBytes);
  const debug = await beginDebugging("own", { ...byte, expected: spacedHex(bytes).replaceAll(" ", "") });
  await untilEnded(await connected().traces.replay({ id: byte.traceId, debug }));
  leaveUnsent(debug);
}
