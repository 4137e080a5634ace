// Stepping through scripts in the window.
import { ProblemError } from "../base/problem.js";
import type { DebugStep } from "../contract/debug-contract.js";
import { scopesIn, valueIn, variablesIn } from "../features/debug/debugger-answers.js";
import { debugProblem } from "../features/debug/messages.js";
import type { WindowSessions } from "../features/debug/window-sessions.js";
import { never, os } from "./implementer.js";
import { refusing, refusingSteps } from "./refusal.js";

export const debugDomain = (sessions: WindowSessions) => ({
  run: os.debug.run.handler(({ input, signal = never }) => refusingSteps(sessions.run(input, signal))),
  step: os.debug.step.handler(({ input: { id, step } }) => refusing(() => does(sessions, id, step))),
  stop: os.debug.stop.handler(({ input: { id } }) => refusing(() => does(sessions, id, "terminate"))),
  setBreakpoints: os.debug.setBreakpoints.handler(({ input: { id, path, breakpoints } }) =>
    refusing(async () => {
      await sessions.get(id).setBreakpoints(path, breakpoints);
      return null;
    }),
  ),
  setUncaught: os.debug.setUncaught.handler(({ input: { id, isOn } }) =>
    refusing(async () => {
      await sessions.get(id).setUncaught(isOn);
      return null;
    }),
  ),
  scopes: os.debug.scopes.handler(({ input: { id, frame: frameId } }) =>
    refusing(async () => scopesIn(await sessions.get(id).ask("scopes", { frameId }))),
  ),
  variables: os.debug.variables.handler(({ input: { id, reference: variablesReference } }) =>
    refusing(async () => variablesIn(await sessions.get(id).ask("variables", { variablesReference }))),
  ),
  evaluate: os.debug.evaluate.handler(({ input: { id, expression, frame: frameId, for: purpose } }) =>
    refusing(async () => {
      const context = purpose === "console" ? "repl" : purpose;
      return valueIn(await sessions.get(id).ask("evaluate", { expression, frameId, context }));
    }),
  ),
});

async function does(sessions: WindowSessions, id: string, command: DebugStep | "terminate"): Promise<null> {
  const { success, message = "" } = await sessions.get(id).ask(command, { threadId: 1 });
  if (!success) throw new ProblemError(debugProblem("debug-refused", { detail: message }));
  return null;
}
