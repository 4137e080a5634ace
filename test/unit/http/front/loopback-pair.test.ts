// A script server holds both addresses that `localhost` may mean, or neither.
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { listenProblem } from "../../../../server/http/front/listen-problem.js";
import { listenAtBoth } from "../../../../server/http/front/loopback-pair.js";

const hasBoth = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
const listening = async (host: string, port = 0): Promise<Server> => {
  const server = createServer((socket) => socket.destroy());
  await once(server.listen(port, host), "listening");
  return server;
};
const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};
const closed = (servers: readonly Server[]): Promise<unknown> =>
  Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

test.skipIf(!hasBoth).each(["127.0.0.1", "::1", "localhost", "LocalHost", "0.0.0.0"])(
  "%s: the same port of both loopback addresses, and the names that lead there (needs ::1)",
  async (host) => {
    const { servers, port, ownNames } = await listenAtBoth({ host, port: 0 }, (socket) => socket.destroy());
    expect([await accepts("127.0.0.1", port), await accepts("::1", port)]).toEqual([true, true]);
    expect([...ownNames].sort()).toEqual(["127.0.0.1", "[::1]", "localhost"]);
    await closed(servers);
  },
);

test.skipIf(!hasBoth).each([
  ["127.0.0.1", "::1"],
  ["::1", "127.0.0.1"],
])("%s: a port that another program has at %s is taken (C2) (needs ::1)", async (host, other) => {
  const thief = await listening(other);
  const port = portOf(thief);
  const error: unknown = await listenAtBoth({ host, port }, () => {}).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "EADDRINUSE" });
  expect(listenProblem(error, host, port).problem).toMatchObject({ code: "port-in-use", data: { host: other, port } });
  await closed([await listening(host, port), thief]); // the first address was given back
});

test("another address stands alone, and has no name but its own", async () => {
  const { servers, port, ownNames } = await listenAtBoth({ host: "127.0.0.2", port: 0 }, (socket) => socket.destroy());
  expect([servers.length, ownNames.size, await accepts("127.0.0.1", port)]).toEqual([1, 0, false]);
  await closed(servers);
});
