// The walk over a trace.
import { needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { startWalk, whyNoWalk } from "./tour-store.js";

export const tourCommands = {
  "tour.start": command(() => needsFolder() ?? whyNoWalk(), startWalk),
} satisfies Partial<Commands>;
