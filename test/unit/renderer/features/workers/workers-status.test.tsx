// The status bar's words for the processes of the script in the editor.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { render, screen, waitFor } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { Kept } from "../../../../../renderer/features/workers/workers-status.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { Mode } from "../../../../../server/contract/modes.js";
import { contract } from "../../../../../server/contract/rpc.js";
import type { ApplicationState, Worker, WorkersState } from "../../../../../server/contract/workers-contract.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const worker = (id: string): Worker => ({
  ...{ id, pid: 7, state: "idle", requests: 1, startedAt: null, memoryBytes: null },
  ...{ lastExit: null, restartsAt: null, currentTrace: null },
});
const shared: ApplicationState = {
  ...{
    id: "1",
    script: "/usr/bin/php-cgi",
    at: null,
    mode: "php-cgi",
    command: [],
    count: 2,
    queued: 0,
    problem: null,
  },
  workers: [worker("1"), worker("2")],
};
const tried: ApplicationState = { ...shared, id: "2", script: "a.py", mode: "persistent" };
const own: ApplicationState = { ...tried, id: "3", mode: "prefork", workers: [worker("1")] };
const other: ApplicationState = { ...own, id: "4", at: "/shop", queued: 1 };
const state: WorkersState = { rev: 1, generation: "g", external: [], applications: [shared, tried, own, other] };

test("they are those of all its applications in its own mode, and those of php-cgi for scripts of that mode alone", async () => {
  const { port1, port2 } = new MessageChannel();
  afterAll(() => port2.close());
  const next = implement(contract.workers.next).handler(({ input, signal }) =>
    input.since < state.rev
      ? state
      : new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("gone")))),
  );
  new RPCHandler({ workers: { next } }).upgrade(port1);
  port1.start();
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  useServer.setState({ connection: "connected", client });
  const entry = (path: string, mode: Mode): FileEntry => ({
    ...{ path, mode, kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, agent: null, target: `/${path}` },
  });
  render(
    <>
      <Kept entry={entry("page.php", "php-cgi")} />
      <Kept entry={entry("search.fcgi", "fastcgi")} />
      <Kept entry={entry("a.py", "prefork")} />
    </>,
  );
  const words = () => screen.getAllByRole("button").map(({ textContent }) => textContent);
  await waitFor(() =>
    expect(words()).toEqual(["php-cgi: 2 workers", "search.fcgi: no worker yet", "a.py: 2 workers, 1 waiting"]),
  );
});
