// A call of the window that may reject: it names something that does not exist, or cannot be done now.
import { oc } from "@orpc/contract";
import { problem } from "./workspace.js";

export const call = oc.errors({ NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } });
