// A page of component tests whose streams a test hands out, over a connection to a real server.
import type { Connection } from "../../../renderer/rpc/connection.js";
import { askAtOnce, startConnecting, untilAnswered, useServer } from "../../../renderer/rpc/store.js";
import { type ServedPage, servePage } from "../../support/served-page.js";

/** Once in a test file: a page keeps its connection for its life. `own`: else the server hands the streams out. */
export async function serveStreams(own?: Connection["range"]): Promise<ServedPage> {
  const served: ServedPage = await servePage();
  const range: Connection["range"] =
    own ??
    (async (id, stream, from, length) => served.workbench.traces.read(id, stream, from, length) ?? new Uint8Array());
  const { client } = useServer.getState();
  if (!client) throw new Error("no client");
  let lose = (_why: string): void => {};
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  useServer.setState({ connection: "connecting" });
  startConnecting(Promise.resolve(askAtOnce({ client, lost, range })));
  await untilAnswered();
  return {
    ...served,
    [Symbol.asyncDispose]: async () => {
      lose("The test is over.");
      await new Promise((resolve) => setImmediate(resolve));
      await served[Symbol.asyncDispose]();
    },
  };
}
