// A file of traces on disk.
import { readBounded } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import type { TraceJson } from "../../contract/trace.js";
import { exportMessage, importMessage } from "../../trace/formats/messages.js";
import { readTraces } from "../../trace/formats/read-file.js";

/** Larger files are not read. */
const maxFileMiB = 256;

/** @throws ProblemError if it cannot be read, or is no file of traces */
export async function readTraceFile(path: string): Promise<readonly TraceJson[]> {
  const file = await readBounded(path, maxFileMiB << 20).catch((error: unknown) => {
    const systemText = errorText(error);
    throw new ProblemError(
      exportMessage("not-imported", { path, why: importMessage("file-unreadable", { systemText }) }),
    );
  });
  if (file.kind === "too-large")
    throw new ProblemError(
      exportMessage("not-imported", { path, why: importMessage("file-over-limit", { maxMiB: maxFileMiB }) }),
    );
  return readTraces(path, file.bytes);
}
