// The environments while another folder is opened.
import { createORPCClient } from "@orpc/client";
import { act, render } from "@testing-library/react";
import { afterAll, beforeEach, expect, test } from "vitest";
import { EnvironmentMenu } from "../../../../renderer/features/environments/environment-menu.js";
import { useWorkspace } from "../../../../renderer/model/folder/workspace-store.js";
import { loadEnvironments, useEnvironments } from "../../../../renderer/model/request/environments.js";
import type { Client } from "../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();

/** Answers each request, in their order, with these names. */
let asked: ((...names: string[]) => void)[];
beforeEach(() => {
  asked = [];
  const client: Client = createORPCClient({
    call: () => new Promise((resolve) => asked.push((...names) => resolve({ names, mistake: null }))),
  });
  useServer.setState({ connection: "connected", client });
  open("/first");
});
afterAll(() => useServer.setState({ client: null }));

const open = (root: string): void => useWorkspace.setState({ workspace: { root, name: root } });

test("an answer about the folder before, which comes late, is dropped", async () => {
  const first = loadEnvironments();
  open("/second");
  const second = loadEnvironments();
  asked[1]?.("live");
  await second;
  asked[0]?.("dev");
  await first;
  expect(useEnvironments.getState()).toMatchObject({ root: "/second", names: ["live"] });
});

test("they are read again for another folder, whose files are as old", async () => {
  render(<EnvironmentMenu />);
  await act(async () => asked[0]?.("dev"));
  await act(async () => open("/second"));
  await act(async () => asked[1]?.("live"));
  expect(useEnvironments.getState()).toMatchObject({ root: "/second", names: ["live"] });
});
