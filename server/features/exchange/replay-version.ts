// A recorded request once more, to the script as it was when the request was recorded.
import type { Sending } from "../../app/sender.js";
import type { Workbench } from "../../app/workbench.js";
import { diskPath, readBounded, unlessRefused } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { maxScriptVersionBytes } from "../../contract/limits.js";
import { callsApplication, modeTraits } from "../../contract/modes.js";
import { isFailure } from "../../doctor/engine/examine.js";
import { shebangLine } from "../../routing/file-facts.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { hashOf } from "../../workspace/files/text-file.js";
import { replayProblem } from "./messages.js";
import { copyAside } from "./private-copy.js";

interface Parts extends Pick<Workbench, "sender" | "folder" | "doctor"> {
  readonly stores: Pick<Workbench["stores"], "version">;
}

/**
 * Runs the version that the trace ran. If the file still is that version, it runs itself. @throws ProblemError if
 * the version is not kept, or cannot be run
 */
export async function replayEarlier(
  { sender, stores, folder, doctor }: Parts,
  trace: TraceRecord,
  signal: AbortSignal,
): Promise<Sending<TraceRecord>> {
  const { file, hash } = scriptOf(trace);
  if ((await presentHash(file)) === hash) return sender.replay(trace, signal);
  const bytes = await stores.version(hash);
  if (bytes === null) throw new ProblemError(replayProblem("version-not-stored-then", { maxMiB }));
  const { path: copy, remove } = await copyAside(folder.workspace().root, file, bytes);
  try {
    const { id, done } = await sender.replay(trace, signal, {
      version: { hash, file, copy, firstLine: shebangLine(bytes) },
    });
    // The doctor reads the file of a request that failed.
    const examined = done.then((ended) => (isFailure(ended) ? doctor.examined(ended) : ended));
    const removed = examined.finally(remove);
    removed.catch(() => undefined); // its caller gets the reason, if it still waits for it
    return { id, done: removed };
  } catch (error) {
    await remove();
    throw error;
  }
}

const maxMiB = maxScriptVersionBytes >> 20;

function scriptOf({ route, seq }: TraceRecord): { readonly file: ByteString; readonly hash: string } {
  const { file, scriptHash: hash, mode } = route;
  if (file === null || hash === null || mode === null)
    throw new ProblemError(replayProblem("no-version-of-trace", { seq, maxMiB }));
  const { speaksFastcgi, usesAgent, interpreter } = modeTraits[mode];
  const isCgiScript = !speaksFastcgi || usesAgent || interpreter !== null;
  if (callsApplication(mode) || !isCgiScript) throw new ProblemError(replayProblem("version-of-application", { mode }));
  return { file, hash };
}

/** SHA-256 of the file as it is now; null: there is none, or it is larger than any version. */
export async function presentHash(file: ByteString): Promise<string | null> {
  const read = await unlessRefused(readBounded(diskPath(file), maxScriptVersionBytes), null);
  return read?.kind === "read" ? hashOf(read.bytes) : null;
}
