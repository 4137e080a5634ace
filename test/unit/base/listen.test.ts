// Errors of a server that listens: the system may fail to accept a connection.
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { expect, test, vi } from "vitest";
import { errorCode } from "../../../server/base/disk.js";
import { listen } from "../../../server/base/listen.js";

const anyPort = { host: "127.0.0.1", port: 0 };
const placeOf = (server: Server) => {
  const address = server.address();
  return { ...anyPort, port: typeof address === "object" ? (address?.port ?? 0) : 0 };
};
/** As Node gives it to a server when accept(2) fails. */
const notAccepted = () => Object.assign(new Error("accept ENFILE"), { code: "ENFILE" });

test("a connection that was not accepted ends nothing, and many of them are one report", async () => {
  const server = createServer((socket) => socket.destroy());
  const onFault = vi.fn<(error: Error) => void>();
  await listen(server, anyPort, onFault);
  for (let nth = 0; nth < 100; nth++) server.emit("error", notAccepted());
  expect(onFault.mock.calls.map(([error]) => errorCode(error))).toEqual(["ENFILE"]);
  await once(connect(placeOf(server)).resume(), "close"); // it was accepted
  server.close();
});

test("a port in use is the caller's to report", async () => {
  const [first, second] = [createServer(), createServer()];
  const onFault = vi.fn<(error: Error) => void>();
  await listen(first, anyPort, onFault);
  for (let nth = 0; nth < 3; nth++)
    await expect(listen(second, placeOf(first), onFault)).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect(onFault).not.toHaveBeenCalled();
  await listen(second, anyPort, onFault);
  second.emit("error", notAccepted());
  expect(onFault).toHaveBeenCalledTimes(1); // the failed tries left nothing behind
  for (const server of [first, second]) server.close();
});
