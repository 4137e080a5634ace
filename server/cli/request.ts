// `cgi-workbench request`: sends one request through the real listener; prints its response or its whole trace.

import type { Socket } from "node:net";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import { ResponseReader } from "../client/response-reader.js";
import { isServerError } from "../contract/failure.js";
import { wordsOf } from "../contract/message.js";
import { requestModes } from "../contract/modes.js";
import type { Finding } from "../contract/trace.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { configOption, nameAmong, parsed } from "./config-option.js";
import { folderAndTarget, inFolder } from "./in-folder.js";
import { outgoingOf, requestOptions } from "./request-options.js";
import { storingOf, traceOptions } from "./store-options.js";
import { paced } from "./throttle.js";
import { printTouched } from "./touched-report.js";
import { UsageError } from "./usage/usage.js";

export async function request(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    ...requestOptions,
    mode: { type: "string" },
    include: { type: "boolean", short: "i" },
    json: { type: "boolean" },
    touched: { type: "boolean", default: false },
    ...traceOptions,
  });
  const { dir, target } = folderAndTarget("request", positionals);
  const mode = values.mode === undefined ? null : nameAmong(requestModes, values.mode, "--mode takes one of");
  for (const option of ["json", "touched"] as const)
    if (values[option] && values["no-traces"])
      throw new UsageError(`--${option} prints the trace that --no-traces switches off`);

  const outgoing = await outgoingOf(values, target);
  const out = new ResponseReader(
    (head) => values.include && process.stdout.write(head),
    (bytes) => process.stdout.write(bytes),
  );
  const options = { recording: !values["no-traces"], store: storingOf(values) };
  return inFolder({ dir, config: values.config, ...options }, async ({ sender, doctor, traces }, signal) => {
    let pace: (() => void) | null = null;
    const onResponse = (bytes: Uint8Array, socket: Socket): void => {
      if (values.json) return;
      pace ??= paced(socket);
      out.push(bytes);
      pace();
    };
    const ended = await sender.deliver(
      outgoing,
      { from: "cli", mode, isTouched: values.touched },
      { onResponse, signal },
    );
    const trace = values["no-traces"] ? ended : await doctor.examined(ended);
    if (values.json) process.stdout.write(jsonLine(toTraceJson(trace)));
    // Each script that a local redirect led to has a trace of its own, which --json does not print.
    const redirected: Finding[] = [];
    for (const one of traces.after(trace.id, traces.lastSeq))
      if (one.parent?.kind === "local-redirect" && one.parent.id === trace.id)
        redirected.push(...(await doctor.examined(one)).findings);
    for (const { severity, title, detail } of values.json ? redirected : [...trace.findings, ...redirected])
      writeWords(process.stderr, `${severity}: ${wordsOf(title)}\n  ${wordsOf(detail)}\n`);
    if (values.touched && !values.json) printTouched(trace);
    const failed =
      trace.response === null ||
      isServerError(trace.response.status) ||
      [...trace.findings, ...redirected].some(({ severity }) => severity === "error");
    return failed ? 1 : 0;
  });
}
