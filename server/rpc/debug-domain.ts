// Stepping through scripts in the window.
import { z } from "zod";
import { placesBody, scopesBody, variablesBody } from "../contract/debug-contract.js";
import type { WindowSessions } from "../features/debug/window-sessions.js";
import { never, os } from "./implementer.js";

export const debugDomain = (sessions: WindowSessions) => ({
  run: os.debug.run.handler(({ input, signal = never }) => sessions.run(input, signal)),
  begin: os.debug.begin.handler(({ input: { id } }) => does(sessions, id, "configurationDone")),
  step: os.debug.step.handler(({ input: { id, step } }) => does(sessions, id, step, { threadId: 1 })),
  stop: os.debug.stop.handler(({ input: { id } }) => does(sessions, id, "terminate")),
  setBreakpoints: os.debug.setBreakpoints.handler(({ input: { id, path, breakpoints } }) => {
    const session = sessions.get(id);
    return session.ask("setBreakpoints", { source: session.source(path), breakpoints }, placesBody);
  }),
  setUncaught: os.debug.setUncaught.handler(({ input: { id, isOn } }) =>
    does(sessions, id, "setExceptionBreakpoints", { filters: isOn ? ["uncaught"] : [] }),
  ),
  scopes: os.debug.scopes.handler(({ input: { id, ...args } }) => sessions.get(id).ask("scopes", args, scopesBody)),
  variables: os.debug.variables.handler(({ input: { id, ...args } }) =>
    sessions.get(id).ask("variables", args, variablesBody),
  ),
  evaluate: os.debug.evaluate.handler(({ input: { id, ...args } }) => sessions.get(id).evaluate(args)),
});

async function does(sessions: WindowSessions, id: string, command: string, args: object = {}): Promise<null> {
  await sessions.get(id).ask(command, args, z.unknown());
  return null;
}
