// `cgi-workbench request`: sends one request through the real listener; prints its response or its whole trace.

import type { Socket } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Workbench } from "../app/workbench.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import { ResponseReader } from "../client/response-reader.js";
import type { OutgoingRequest } from "../client/send-request.js";
import { isServerError } from "../contract/failure.js";
import { isMode, modeNames } from "../contract/modes.js";
import { utf8 } from "../protocol/byte-string.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { configFileOf, configOption } from "./config-option.js";
import { bodyOf, headersOf, requestOptions } from "./request-options.js";
import { storingOf, traceOptions } from "./store-options.js";
import { tellProblems } from "./tell-problems.js";
import { paced } from "./throttle.js";
import { UsageError, usage } from "./usage.js";

export async function request(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...configOption,
      ...requestOptions,
      mode: { type: "string" },
      include: { type: "boolean", short: "i" },
      json: { type: "boolean" },
      ...traceOptions,
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
  if (!target.startsWith("/")) throw new UsageError(`TARGET must begin with "/", not “${target}”`);
  const mode = values.mode ?? null;
  if (values.json && values["no-traces"]) throw new UsageError("--json prints the trace that --no-traces switches off");
  if (mode !== null && !isMode(mode)) throw new UsageError(`--mode takes one of ${modeNames.join(", ")}`);

  const body = await bodyOf(values.data, values["data-binary"]);
  const headers = headersOf(values.header, values.data !== undefined);
  const outgoing: OutgoingRequest = {
    method: utf8(values.request ?? (body ? "POST" : "GET")),
    target: utf8(target),
    headers,
    body,
  };

  const out = new ResponseReader(
    (head) => values.include && process.stdout.write(head),
    (bytes) => process.stdout.write(bytes),
  );
  const configFile = await configFileOf(values.config);
  const workbench = await Workbench.create({ recording: !values["no-traces"], store: storingOf(values) });
  try {
    await workbench.folder.open(resolve(folder), { configFile, port: 0, run: { host: null } });
    tellProblems(workbench.folder.workspace().problems);
    let pace: (() => void) | null = null;
    const onResponse = (bytes: Uint8Array, socket: Socket): void => {
      if (values.json) return;
      pace ??= paced(socket);
      out.push(bytes);
      pace();
    };
    const ended = await workbench.sender.deliver(outgoing, { from: "cli", mode }, { onResponse });
    const trace = values["no-traces"] ? ended : await workbench.doctor.examined(ended);
    if (values.json) process.stdout.write(jsonLine(toTraceJson(trace)));
    for (const { severity, title, detail } of trace.findings)
      if (!values.json) writeWords(process.stderr, `${severity}: ${title}\n  ${detail}\n`);
    const failed =
      trace.response === null ||
      isServerError(trace.response.status) ||
      trace.findings.some(({ severity }) => severity === "error");
    return failed ? 1 : 0;
  } finally {
    await workbench.dispose();
  }
}
