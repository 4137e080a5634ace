// A new value for the debugger's cookie: the session before ends, and nothing of it stays if the new one is refused.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { DebugBar } from "../../../../../renderer/features/debug/debug-bar.js";
import { debugWithCookie } from "../../../../../renderer/features/debug/debug-session.js";
import { useDebug } from "../../../../../renderer/features/debug/debug-store.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { holdCalls } from "../../../../support/held-calls.js";

registerCommands(allCommands);
afterAll(() => useServer.setState({ client: null }));

async function* session(id: string, signal: AbortSignal | undefined) {
  yield { kind: "begun", id };
  await new Promise((ended) => signal?.addEventListener("abort", ended));
}

test("when the new session is refused, the bar goes, and a script can be debugged again", async () => {
  const calls = holdCalls();
  const run = (nth: number) =>
    waitFor(() => {
      const asked = calls.asked.filter(({ name }) => name === "run")[nth];
      if (!asked) throw new Error(`${nth} runs were asked for.`);
      return asked;
    });
  const begun = debugWithCookie();
  const first = await run(0);
  first.answer(session("1", first.signal));
  await begun;
  render(<DebugBar />);
  const button = screen.getByRole("button", { name: "New value" });
  fireEvent.click(button);
  expect(button).toHaveProperty("disabled", true);
  (await run(1)).fail();
  await waitFor(() => expect(useDebug.getState()).toMatchObject({ phase: null, cookie: null }));
  expect([first.signal?.aborted, screen.queryByRole("region", { name: "Debugger" })]).toEqual([true, null]);
  const again = debugWithCookie();
  const third = await run(2);
  third.answer(session("3", third.signal));
  await again;
  expect(useDebug.getState()).toMatchObject({ phase: "waiting", id: "3" });
});
