// The walk over a trace.
import { type Command, command, needsFolder } from "../../app/command.js";
import { startWalk, whyNoWalk } from "./walk-store.js";

export const walkCommands: readonly Command[] = [
  command("walk.start", "Explain what just happened", [], () => needsFolder() ?? whyNoWalk(), startWalk),
];
