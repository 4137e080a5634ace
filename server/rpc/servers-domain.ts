// What other servers would have done with a trace's request.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { compareServers } from "../features/servers/compare-servers.js";
import { askServer } from "../features/servers/real/ask-server.js";
import { utf8 } from "../protocol/byte-string.js";
import { serverProblem } from "../servers/messages.js";
import { setServeLike } from "../workspace/config/set-script-mode.js";
import { os } from "./implementer.js";
import { callMessage } from "./messages.js";

export const serversDomain = ({ traces, folder }: Pick<Workbench, "traces" | "folder">) => {
  const ended = async (id: string) => {
    const trace = await traces.find(id);
    if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: id }));
    if (trace.outcome === null) throw new ProblemError(callMessage("request-runs", { trace: id }));
    return trace;
  };
  return {
    compare: os.servers.compare.handler(async ({ input: { id } }) =>
      compareServers(await ended(id), utf8(folder.workspace().root)),
    ),
    serveLike: os.servers.serveLike.handler(async ({ input: { server } }) => {
      await setServeLike(folder.workspace(), server);
    }),
    ask: os.servers.ask.handler(async ({ input: { id, server }, signal = new AbortController().signal }) => {
      const { root, isTrusted, config } = folder.workspace();
      if (!isTrusted) throw new ProblemError(serverProblem("server-not-trusted", { path: root }));
      return await askServer(await ended(id), utf8(root), server, { signal, catchesMail: config.mail === "caught" });
    }),
  };
};
