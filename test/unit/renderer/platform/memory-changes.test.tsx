// What a browser window remembers goes to the server. Without one, or after a refusal, it asks before edits are lost.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { useDocuments } from "../../../../renderer/model/documents/document-store.js";
import { keepDraftsAtEnd } from "../../../../renderer/model/documents/draft-autosave.js";
import { gatherChanges, hasUndelivered, sendChanges } from "../../../../renderer/platform/memory-changes.js";
import { useNotices } from "../../../../renderer/platform/notices.js";
import { windowStorage } from "../../../../renderer/platform/storage.js";
import type { Client } from "../../../../renderer/rpc/connection.js";
import { connected, useServer } from "../../../../renderer/rpc/store.js";
import { contract } from "../../../../server/contract/rpc.js";

/** Long enough for a change to be sent, and for a retry that must not come. */
const sendingMs = 700;
/** Resolves when that time has passed and all that was sent in it has arrived: calls arrive in their order. */
async function pause(): Promise<void> {
  await vi.advanceTimersByTimeAsync(sendingMs);
  await connected().window.remember({ known: null, changes: last });
}
/** Not a change of the window. */
const last = { last: null };

let arrived: Readonly<Record<string, string | null>>[] = [];
let isRefusing = false;
const ports: MessageChannel[] = [];

function connect(): void {
  const channel = new MessageChannel();
  ports.push(channel);
  const remember = implement(contract.window.remember).handler(({ input }) => {
    if ("last" in input.changes) return { revision: null };
    arrived.push(input.changes);
    if (isRefusing) throw new Error("no room");
    return { revision: "1" };
  });
  new RPCHandler({ window: { remember } }).upgrade(channel.port1);
  channel.port1.start();
  const client: Client = createORPCClient(new RPCLink({ port: channel.port2 }));
  channel.port2.start();
  useServer.setState({ connection: "connected", client });
}
const disconnect = (): void => useServer.setState({ connection: "lost", client: null });
/** False: the page asks before it ends. */
const mayEnd = (): boolean => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  gatherChanges();
  void sendChanges();
  keepDraftsAtEnd();
  useDocuments.setState({ root: "/srv/a", open: [{ kind: "unread", path: "a.py", isDirty: true }] });
});
beforeEach(() => {
  arrived = [];
  isRefusing = false;
  useNotices.setState({ notices: [] });
});
afterAll(() => {
  vi.useRealTimers();
  for (const { port1 } of ports) port1.close();
});

test("without a server the page asks before it ends with edits; the next connection delivers them", async () => {
  connect();
  expect([hasUndelivered(), mayEnd()]).toEqual([false, true]);
  disconnect();
  expect([hasUndelivered(), mayEnd()]).toEqual([false, true]); // the server had everything
  windowStorage.setItem("one", "1");
  expect([hasUndelivered(), mayEnd()]).toEqual([true, false]);
  connect();
  await vi.waitFor(() => expect(arrived).toEqual([{ one: "1" }]), 20_000);
  await vi.waitFor(() => expect([hasUndelivered(), mayEnd()]).toEqual([false, true]), 20_000);
});

test("what the server refuses goes to it again after a later change, and does not hold that up", async () => {
  isRefusing = true;
  windowStorage.setItem("two", "2");
  await vi.waitFor(() => expect(useNotices.getState().notices).toHaveLength(1), 20_000);
  expect([hasUndelivered(), mayEnd()]).toEqual([true, false]);
  await pause();
  expect(arrived).toEqual([{ two: "2" }]); // no second attempt by itself
  isRefusing = false;
  windowStorage.setItem("three", "3");
  await vi.waitFor(() => expect(arrived).toEqual([{ two: "2" }, { three: "3" }, { two: "2" }]), 20_000);
  await vi.waitFor(() => expect(hasUndelivered()).toBe(false), 20_000);
});

test("what it refused and was changed since goes in its new state alone", async () => {
  isRefusing = true;
  windowStorage.setItem("four", "old");
  await vi.waitFor(() => expect(hasUndelivered()).toBe(true), 20_000);
  isRefusing = false;
  windowStorage.setItem("four", "new");
  const sent = [{ four: "old" }, { four: "new" }];
  await vi.waitFor(() => expect(arrived).toEqual(sent), 10_000);
  await vi.waitFor(() => expect(hasUndelivered()).toBe(false), 20_000);
  await pause();
  expect(arrived).toEqual(sent); // nothing more
});
