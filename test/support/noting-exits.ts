// The ends of processes, as a starter reports them.
import type { Exit, Starter } from "../../server/spawn/start.js";

/** A starter that says how each of its processes ended. */
export const notingExits = (starter: Starter, note: (exit: Exit) => void): Starter => ({
  kind: starter.kind,
  start: (options, events) =>
    starter.start(options, {
      stdout: (bytes, at) => events.stdout(bytes, at),
      stderr: (bytes, at) => events.stderr(bytes, at),
      stdoutEnd: (at) => events.stdoutEnd(at),
      stderrEnd: (at) => events.stderrEnd(at),
      stdinDrain: () => events.stdinDrain(),
      exit: (exit, at) => {
        note(exit);
        events.exit(exit, at);
      },
    }),
  dispose: () => starter.dispose(),
});
