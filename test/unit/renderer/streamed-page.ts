// A page of component tests whose streams a test hands out, over a connection to a real server.
import type { Connection } from "../../../renderer/rpc/connection.js";
import { startConnecting, untilAnswered, useServer } from "../../../renderer/rpc/store.js";
import { type ServedPage, servePage } from "../../support/served-page.js";

/** Once in a test file: a page keeps its connection for its life. */
export async function serveStreams(range: Connection["range"]): Promise<ServedPage> {
  const served: ServedPage = await servePage();
  const { client } = useServer.getState();
  if (!client) throw new Error("no client");
  let lose = (_why: string): void => {};
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  useServer.setState({ connection: "connecting" });
  startConnecting(Promise.resolve({ client, transport: "port", lost, range }));
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
