// The walk over a trace.
import { type Command, command, needsFolder } from "../../platform/command.js";
import { startWalk, whyNoWalk } from "./tour-store.js";

export const walkCommands: readonly Command[] = [
  command("walk.start", "Explain what just happened", [], () => needsFolder() ?? whyNoWalk(), startWalk),
];
