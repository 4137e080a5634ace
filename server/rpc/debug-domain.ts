// Stepping through scripts in the window.
import { z } from "zod";
import { type DebugStep, scopesBody, variablesBody } from "../contract/debug-contract.js";
import { bodyOf, valueIn } from "../features/debug/debugger-answers.js";
import type { WindowSessions } from "../features/debug/window-sessions.js";
import { never, os } from "./implementer.js";

export const debugDomain = (sessions: WindowSessions) => ({
  run: os.debug.run.handler(({ input, signal = never }) => sessions.run(input, signal)),
  step: os.debug.step.handler(({ input: { id, step } }) => does(sessions, id, step)),
  stop: os.debug.stop.handler(({ input: { id } }) => does(sessions, id, "terminate")),
  setBreakpoints: os.debug.setBreakpoints.handler(async ({ input: { id, path, breakpoints } }) => {
    await sessions.get(id).setBreakpoints(path, breakpoints);
    return null;
  }),
  setUncaught: os.debug.setUncaught.handler(async ({ input: { id, isOn } }) => {
    await sessions.get(id).setUncaught(isOn);
    return null;
  }),
  scopes: os.debug.scopes.handler(async ({ input: { id, ...args } }) =>
    bodyOf(await sessions.get(id).ask("scopes", args), scopesBody),
  ),
  variables: os.debug.variables.handler(async ({ input: { id, ...args } }) =>
    bodyOf(await sessions.get(id).ask("variables", args), variablesBody),
  ),
  evaluate: os.debug.evaluate.handler(async ({ input: { id, ...args } }) =>
    valueIn(await sessions.get(id).ask("evaluate", args)),
  ),
});

async function does(sessions: WindowSessions, id: string, command: DebugStep | "terminate"): Promise<null> {
  bodyOf(await sessions.get(id).ask(command, { threadId: 1 }), z.unknown());
  return null;
}
