// The tour over a trace.
import { needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { startTour, whyNoTour } from "./tour-store.js";

export const tourCommands = {
  "tour.start": command(() => needsFolder() ?? whyNoTour(), startTour),
} satisfies Partial<Commands>;
