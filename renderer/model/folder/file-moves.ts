// Files and folders that got another name or place.
import { Emitter } from "../../platform/emitter.js";

/** After each rename and move, with workspace paths. */
export const fileMoves = new Emitter<{ readonly from: string; readonly to: string }>();
