// An editor whose session runs in the test's process, beside the workbench that serves the folder.
import { z } from "zod";
import { Workbench } from "../../server/app/workbench.js";
import { DebugSession } from "../../server/features/debug/debug-session.js";
import { DapReader, framed } from "../../server/features/debug/debuggers/dap-framing.js";
import { Editor } from "./dap-client.js";

/** It waits for the next request to the path. */
export async function attached(folder: string, path: string) {
  const workbench = await Workbench.create();
  await workbench.folder.open(folder, { port: 0, run: { host: null } });
  const { editor, session } = editorBeside(workbench);
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

/** An editor whose session debugs in the test's own workbench. */
export function editorBeside(workbench: Workbench): { readonly editor: Editor; readonly session: DebugSession } {
  const reader = new DapReader((message) => editor.take(message));
  const take = (message: object): boolean => reader.push(framed({ seq: 1, ...message }));
  const session = new DebugSession({
    from: "composer",
    open: async () => workbench,
    event: (event) => take({ type: "event", ...event }),
  });
  const editor = new Editor((message) => void session.take(message).then(take));
  return { editor, session };
}
