// A kernel table that cannot be read says nothing about the clients that would be in it.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { DisconnectDetector } from "../../../../server/http/front/disconnect-detector.js";
import { withUnreadProcesses } from "../../../support/unread-processes.js";
import { waitFor } from "../../../support/wait-for.js";

test.runIf(process.platform === "linux")("without a descriptor for one table no client passes for gone", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const client = connect({ port: typeof address === "object" ? (address?.port ?? 0) : 0, host: "127.0.0.1" });
  const socket = await new Promise<Socket>((resolve) => server.once("connection", resolve));
  const detector = new DisconnectDetector();
  let [looks, gone] = [0, 0];
  const work = async (): Promise<void> => {
    const ends = { remoteAddress: "127.0.0.1", remotePort: 0, localAddress: "127.0.0.1", localPort: 0 };
    detector.watch(
      { socket: socket.pause(), connection: { id: 1, ...ends, ownNames: new Set<string>(), otherUser: null } },
      () => void gone++,
    );
    await waitFor("the fourth look", () => looks > 3 || gone > 0);
  };
  try {
    await withUnreadProcesses(work, (path) => {
      if (path === "/proc/net/tcp") looks++;
      return path === "/proc/net/tcp";
    });
    expect(gone).toBe(0);
  } finally {
    detector.close();
    client.destroy();
    socket.destroy();
    server.close();
  }
});
