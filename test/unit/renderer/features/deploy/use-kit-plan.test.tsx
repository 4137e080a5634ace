// The plan in the window belongs to what is chosen: an earlier one is marked as old until its own is there, in whatever
// order the answers come.
import { createORPCClient } from "@orpc/client";
import { act, renderHook } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { useKitPlan } from "../../../../../renderer/features/deploy/deploy-dialog.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { KitWish } from "../../../../../server/contract/deploy-contract.js";

const answers = new Map<string, () => void>();
const client: Client = createORPCClient({
  call: async (_path, input) => {
    const { to, host } = input as KitWish;
    await new Promise<void>((resolve) => answers.set(`${to} ${host}`, resolve));
    return { at: `/srv/${to}${host}`, scripts: [], notes: [], files: [], suggestedFolder: "" };
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));

const wish: KitWish = { root: "/shop", to: "nginx", script: null, host: "" };
const answer = (key: string) => act(async () => answers.get(key)?.());

test("an answer to an earlier wish is never shown as the plan of this one", async () => {
  const { result, rerender } = renderHook((given: KitWish) => useKitPlan(given), { initialProps: wish });
  const shown = () => [result.current.plan?.at, result.current.isOld];
  expect(shown()).toEqual([undefined, true]);
  await answer("nginx ");
  expect(shown()).toEqual(["/srv/nginx", false]);

  rerender({ ...wish, to: "apache" });
  expect(shown()).toEqual(["/srv/nginx", true]);
  rerender({ ...wish, to: "apache", host: "a" });
  await answer("apache a");
  expect(shown()).toEqual(["/srv/apachea", false]);
  await answer("apache ");
  expect(shown()).toEqual(["/srv/apachea", false]);

  rerender(wish);
  expect(shown()).toEqual(["/srv/apachea", true]);
});
