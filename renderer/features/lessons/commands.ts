// The course's list, and a lesson of one's own.
import { needsConnection, needsTraceOnline } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";

export const lessonCommands = {
  "lesson.course": command(needsConnection, () => openDialog("course")),
  "lesson.fromTrace": command(needsTraceOnline, async () => (await import("./lesson-calls.js")).lessonFromTrace()),
} satisfies Partial<Commands>;
