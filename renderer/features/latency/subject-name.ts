// What the graph calls what it is about: a script by its name, an application elsewhere by the path that leads to it.
import { baseOf } from "../../format/file-path.js";

/** `file`: as in rows of traces. */
export const subjectName = (file: string): string => (file.startsWith("/") ? file : baseOf(file));
