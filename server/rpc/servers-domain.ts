// What other servers would have done with a trace's request.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { compareServers } from "../features/servers/compare-servers.js";
import { utf8 } from "../protocol/byte-string.js";
import { os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { refusing } from "./refusal.js";

export const serversDomain = ({ traces, folder }: Pick<Workbench, "traces" | "folder">) => ({
  compare: os.servers.compare.handler(({ input: { id } }) =>
    refusing(async () => {
      const trace = await traces.find(id);
      if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: id }));
      if (trace.outcome === null) throw new ProblemError(callMessage("request-runs", { trace: id }));
      return compareServers(trace, utf8(folder.workspace().root));
    }),
  ),
});
