// An editor whose session runs in the test's process, beside the workbench that serves the folder.
import { z } from "zod";
import { Workbench } from "../../server/app/workbench.js";
import { DebugSession } from "../../server/features/debug/debug-session.js";
import { Editor } from "./dap-client.js";

/** It waits for the next request to the path. */
export async function attached(folder: string, path: string) {
  const workbench = await Workbench.create();
  await workbench.folder.open(folder, { port: 0, run: { host: null } });
  const session = new DebugSession({
    from: "composer",
    open: async () => workbench,
    send: (message) => editor.take(JSON.parse(JSON.stringify(message))),
  });
  const editor: Editor = new Editor((message) => void session.take(message));
  await editor.request("initialize");
  await editor.request("attach", { folder, next: { path } });
  const { url } = workbench.server.servingAddress();
  return {
    workbench,
    session,
    editor,
    url,
    /** The debugged request's, while it runs and afterwards. */
    trace: () => {
      const id = z
        .object({ traceId: z.string() })
        .parse(editor.events.find(({ event }) => event === "cgiRequest")?.body);
      return workbench.traces.get(id.traceId);
    },
    [Symbol.asyncDispose]: async () => {
      session.dispose();
      await workbench.dispose();
    },
  };
}
