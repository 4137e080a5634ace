// An application is closed while its process is being started: the start has the number of its socket, which no other
// file may get until then.
import { readlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { request, startGateway } from "../../support/gateway.js";
import { canListProcesses } from "../../support/processes.js";
import { waitFor } from "../../support/wait-for.js";

test.skipIf(!canListProcesses).each([true, false])(
  "the socket stays open until the start has settled (it succeeds: %s)",
  async (succeeds) => {
    let goOn = (): void => {};
    const until = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let descriptor = -1;
    await using gateway = await startGateway({
      wrapStarter: (starter) => ({
        kind: starter.kind,
        dispose: () => starter.dispose(),
        start: async (options, events) => {
          if (typeof options.stdin === "object") descriptor = options.stdin.descriptor;
          await until;
          if (!succeeds) throw new Error("refused");
          return starter.start(options, events);
        },
      }),
    });
    gateway.script("app.fcgi", "exec sleep 60");
    const client = await gateway.connect();
    client.send(request("GET", "/app.fcgi"));
    await waitFor("its process is being started", () => descriptor >= 0);
    const open = (): string | null => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`);
      } catch {
        return null;
      }
    };
    const socket = open();
    expect(socket).toContain("socket:");
    const closed = gateway.workers.close();
    expect(open()).toBe(socket);
    goOn();
    await closed;
    await waitFor("the socket is closed", () => open() !== socket);
    client.socket.destroy();
  },
);
