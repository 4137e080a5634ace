// The selected trace as text on the clipboard: for a shell, a mail or another window.
import type { TraceView } from "../../../../server/contract/trace.js";
import { combinedLine } from "../../../../server/formats/export/apache-log.js";
import { curlCommand, originByHost } from "../../../../server/formats/export/curl-command.js";
import { envCommand } from "../../../../server/formats/export/env-command.js";
import { httpBytes, rawHttp } from "../../../../server/formats/export/raw-http.js";
import { toBytes } from "../../../../server/protocol/byte-string.js";
import { readableValue, toByteString } from "../../../format/bytes-text.js";
import { bytesToRaw } from "../../../model/request/raw-text.js";
import { readTrace } from "../../../model/traces/recorded.js";
import { assertRead, recordedRequest, recordedStart } from "../../../model/traces/recorded-request.js";
import { notify } from "../../../platform/notices.js";
import { useServer } from "../../../rpc/store.js";

export type CopyForm = "curl" | "raw" | "env" | "access-log";

export async function copyAs(id: string, form: CopyForm): Promise<void> {
  const { text, announcement } = await formOf(id, form);
  await navigator.clipboard.writeText(text);
  notify("info", announcement);
}

async function formOf(id: string, form: CopyForm): Promise<{ readonly text: string; readonly announcement: string }> {
  const trace = await readTrace(id);
  const name = `#${trace.seq}`;
  if (form === "env") {
    const start = await recordedStart(trace);
    if (!start) throw new Error(`No program ran for ${name}, so there is no command to copy.`);
    return { text: envCommand(start), announcement: `Copied the start of ${name} as an env -i command.` };
  }
  if (form === "access-log")
    return { text: accessLogLine(trace), announcement: `Copied ${name} as an access log line.` };
  const request = await recordedRequest(trace);
  if (form === "curl") {
    assertRead(trace);
    return {
      text: curlCommand(request, originOf(trace.request.headers)),
      announcement: `Copied ${name} as a cURL command.`,
    };
  }
  const head = toByteString(trace.request.head);
  const exact = rawHttp(head, request);
  if (exact !== null) return { text: exact, announcement: `Copied ${name} as raw HTTP.` };
  return {
    text: bytesToRaw(toBytes(httpBytes(head, request))),
    announcement: `Copied ${name} as raw HTTP. Bytes that are not text are written as escapes, which the composer’s Raw editor understands.`,
  };
}

function accessLogLine({ client, env, startedAt, request, response }: TraceView): string {
  const user = env?.find(({ name, source }) => name === "REMOTE_USER" && source === "server")?.value;
  return combinedLine({
    address: client.address,
    user: user === undefined ? null : toByteString(user),
    at: Date.parse(startedAt),
    head: toByteString(request.head),
    status: response?.status ?? null,
    bodyBytes: response?.body.bytes ?? 0,
    headers: request.headers.map(([header, value]) => [toByteString(header), toByteString(value)] as const),
  });
}

/** Where the scripts are served now, else where the request once went. */
function originOf(headers: Awaited<ReturnType<typeof readTrace>>["request"]["headers"]): string {
  const url = useServer.getState().state?.server.url;
  return url?.replace(/\/$/, "") ?? originByHost(readableValue(headers, "host"));
}
