// `cgi-workbench request`: one request through the real listener, then its response or its whole trace.
import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ResponseReader } from "../client/response-reader.js";
import type { OutgoingRequest, RequestBody } from "../client/send-request.js";
import type { ByteString } from "../contract/bytes-text.js";
import { mode as modeSchema, modes } from "../contract/trace.js";
import { utf8 } from "../protocol/byte-string.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { Workbench } from "../workbench.js";
import { UsageError, usage } from "./usage.js";

export async function request(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      request: { type: "string", short: "X" },
      header: { type: "string", short: "H", multiple: true },
      data: { type: "string", short: "d", multiple: true },
      "data-binary": { type: "string" },
      mode: { type: "string" },
      include: { type: "boolean", short: "i" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(usage.request);
    return 0;
  }
  const [folder, target] = positionals.length === 2 ? positionals : [".", positionals[0]];
  if (folder === undefined || target === undefined || positionals.length > 2)
    throw new UsageError("request takes [dir] TARGET; see cgi-workbench request --help");
  if (!target.startsWith("/")) throw new UsageError(`the target must begin with "/": “${target}”`);
  const mode = values.mode === undefined ? null : modeSchema.safeParse(values.mode).data;
  if (mode === undefined) throw new UsageError(`--mode takes one of ${modes.join(", ")}`);

  const body = await bodyOf(values.data, values["data-binary"]);
  const headers = (values.header ?? []).map(headerOf);
  if (values.data && !headers.some(([name]) => name.toLowerCase() === "content-type"))
    headers.push([utf8("Content-Type"), utf8("application/x-www-form-urlencoded")]);
  const outgoing: OutgoingRequest = { method: utf8(values.request ?? (body ? "POST" : "GET")), target: utf8(target), headers, body };

  const out = new ResponseReader(
    (head) => values.include && process.stdout.write(head),
    (bytes) => process.stdout.write(bytes),
  );
  const workbench = await Workbench.create();
  try {
    await workbench.openFolder(resolve(folder), 0);
    workbench.servingUrl();
    const trace = await workbench.deliver(outgoing, { from: "cli", mode }, values.json ? undefined : (bytes) => out.push(bytes));
    await workbench.doctor.examined(trace);
    if (values.json) process.stdout.write(`${JSON.stringify(toTraceJson(trace))}\n`);
    for (const { severity, title, detail } of trace.findings) if (!values.json) process.stderr.write(`${severity}: ${title}\n  ${detail}\n`);
    const failed = trace.response === null || trace.response.status >= 500 || trace.findings.some(({ severity }) => severity === "error");
    return failed ? 1 : 0;
  } finally {
    await workbench.dispose();
  }
}

/** @throws UsageError without a colon */
function headerOf(text: string): [ByteString, ByteString] {
  const colon = text.indexOf(":");
  if (colon < 1) throw new UsageError(`a header is written 'Name: value': “${text}”`);
  return [utf8(text.slice(0, colon)), utf8(text.slice(colon + 1).trim())];
}

async function bodyOf(data: readonly string[] | undefined, binary: string | undefined): Promise<RequestBody | null> {
  if (data && binary !== undefined) throw new UsageError("-d and --data-binary exclude each other");
  if (data) return { bytes: Buffer.from(data.join("&")) };
  if (binary === undefined) return null;
  if (!binary.startsWith("@")) return { bytes: Buffer.from(binary) };
  if (binary === "@-") return { stream: process.stdin, sizeBytes: null };
  const path = binary.slice(1);
  const info = await stat(path).catch(() => null); // why does not matter: it cannot be sent
  if (!info?.isFile()) throw new UsageError(`there is no file ${path} to send`);
  const file = await open(path);
  return { stream: file.createReadStream(), sizeBytes: info.size };
}
