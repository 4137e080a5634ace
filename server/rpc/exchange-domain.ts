// Traces that leave the window as files, and come in.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { maxExchangedText } from "../contract/limits.js";
import { exportTrace } from "../trace/formats/export-trace.js";
import { readTraces } from "../trace/formats/read-file.js";
import { fromTraceJson } from "../trace/formats/read-trace-json.js";
import { SecretNames, secretsIn } from "../trace/formats/secrets.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { refusing } from "./refusal.js";

export const exchangeDomain = ({ traces }: Pick<Workbench, "traces">) => {
  const ended = (id: string) => {
    const trace = traces.get(id);
    if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: id }));
    if (trace.outcome === null) throw new ProblemError(callMessage("request-runs", { trace: id }));
    return toTraceJson(trace);
  };
  return {
    secrets: os.exchange.secrets.handler(({ input }) =>
      refusing(() => [...secretsIn(ended(input.id), new SecretNames())]),
    ),
    export: os.exchange.export.handler(({ input: { id, form, isMasked } }) =>
      refusing(() => {
        const { bytes } = exportTrace(ended(id), form, { isMasked });
        if (bytes.length > maxExchangedText)
          throw new ProblemError(callMessage("file-too-large", { maxMiB: maxExchangedText >> 20 }));
        return bytes.toString("utf8");
      }),
    ),
    import: os.exchange.import.handler(({ input: { name, text } }) =>
      refusing(() => readTraces(name, Buffer.from(text)).map((trace) => traces.add(fromTraceJson(trace)).id)),
    ),
  };
};
