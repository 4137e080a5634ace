// The course's list.
import { needsConnection } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

export const lessonCommands = {
  "lesson.course": command(needsConnection, () => openDialog("course")),
} satisfies Partial<Commands>;
