// Traces that leave the window as files, and come in.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import type { Imported } from "../contract/exchange-contract.js";
import { maxExchangedText } from "../contract/limits.js";
import type { TraceJson } from "../contract/trace.js";
import { saveCollection } from "../features/collections/save-collection.js";
import { groupsIn } from "../features/exchange/import-reader.js";
import { exportTrace } from "../trace/formats/export-trace.js";
import { fromTraceJson } from "../trace/formats/read-trace-json.js";
import { SecretNames, secretsIn } from "../trace/formats/secrets.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { os } from "./implementer.js";
import { callMessage } from "./messages.js";

/** @throws ProblemError if it is not kept, or its request still runs */
export async function endedTrace(traces: Pick<Workbench["traces"], "find">, id: string): Promise<TraceJson> {
  const trace = await traces.find(id);
  if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: id }));
  if (trace.outcome === null) throw new ProblemError(callMessage("request-runs", { trace: id }));
  return toTraceJson(trace);
}

export const exchangeDomain = ({ traces, folder, stores }: Pick<Workbench, "traces" | "folder" | "stores">) => {
  const ended = (id: string) => endedTrace(traces, id);
  return {
    secrets: os.exchange.secrets.handler(async ({ input }) => [...secretsIn(await ended(input.id), new SecretNames())]),
    export: os.exchange.export.handler(async ({ input: { id, form, isMasked } }) => {
      const { bytes } = exportTrace(await ended(id), form, { isMasked });
      if (bytes.length > maxExchangedText)
        throw new ProblemError(callMessage("file-too-large", { maxMiB: maxExchangedText >> 20 }));
      return bytes.toString("utf8");
    }),
    import: os.exchange.import.handler(async ({ input: { files }, signal }) => {
      const { current } = folder;
      const { root } = folder.workspace(); // another folder may be opened meanwhile
      // All are read before anything changes: with one that cannot be, none is imported.
      const groups = await groupsIn({ files: files.map(({ name, text }) => ({ path: name, text })) }, signal);
      const done: Imported = { ids: [], collections: [] };
      // Environments first: where it can, a collection's value of the same name comes after theirs.
      const isEnvironments = (group: (typeof groups)[number]): boolean =>
        "requests" in group && group.requests.length === 0;
      for (const group of groups.toSorted((a, b) => Number(isEnvironments(b)) - Number(isEnvironments(a)))) {
        if ("requests" in group) {
          done.collections.push(await saveCollection(root, group));
          continue;
        }
        for (const trace of group) {
          const recorded = fromTraceJson(trace);
          await stores.sink?.room(recorded);
          if (folder.current !== current) return done; // the others would be among the traces of another folder
          done.ids.push(traces.add(recorded).id);
        }
      }
      return done;
    }),
  };
};
