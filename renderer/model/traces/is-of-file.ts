// Whether a response is of a static file: its bytes, some of them, or its headers alone. A list of a folder, and what
// is said of a request that is refused, are pages that the server generates.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";

export const isOfFile = ({ route, response }: Pick<TraceView, "route" | "response">): boolean =>
  route.kind === "static" && response !== null && response.status < 400 && !readable(route.file ?? "").endsWith("/");
