// Actions on the server while the window has no connection: each says so, and none reports success.
import { beforeEach, expect, test } from "vitest";
import { startServer, stopServer } from "../../../../../renderer/features/server/server-actions.js";
import {
  askApplication,
  restartWorker,
  restartWorkers,
} from "../../../../../renderer/features/workers/workers-actions.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

beforeEach(() => {
  useServer.setState({ connection: "lost", client: null });
  useNotices.setState({ notices: [] });
});

const application = { id: "1", script: "a.fcgi", at: null, mode: "fastcgi" } as const;

test.each([
  ["restart all workers", () => restartWorkers(application)],
  ["restart a worker", () => restartWorker(application, "1", 1)],
  ["check an application", () => askApplication("unix:a.sock")],
  ["start", () => startServer(null)],
  ["stop", () => stopServer()],
] as const)("%s", async (_what, act) => {
  await act();
  const { notices } = useNotices.getState();
  expect(notices.map(({ tone }) => tone)).toEqual(["bad"]);
});
