// Where the bytes of a response are in the stdout of the script that wrote them.
import type { TraceView } from "../../../server/contract/trace.js";
import { bodyRange } from "../../rpc/store.js";
import { bodyStart } from "./body-start.js";

/** So many bytes are compared. */
const compared = 16;

/** Where the byte of the response body is in stdout; a sentence: why it is not there. */
export async function stdoutPlace({ id, script, stdout, response }: TraceView, at: number): Promise<number | string> {
  if (!script || !stdout || !response) return "No script wrote this response, so no line of one wrote the byte.";
  if (script.kind === "nph") return "The script writes the whole response itself. Choose the byte in Stdout.";
  const place = bodyStart(script.spans) + at;
  const length = Math.min(compared, stdout.captured - place, response.body.captured - at);
  if (length > 0) {
    const [own, sent] = await Promise.all([
      bodyRange(id, "stdout", place, length),
      bodyRange(id, "response-body", at, length),
    ]);
    if (own.every((byte, index) => byte === sent[index])) return place;
  }
  return "The gateway did not send the script’s output as it was, so the byte has no place in it. Choose one in Stdout.";
}
