// Whether a response is of a static file: its bytes, some of them, or its headers alone. The server generates the
// list of a folder and the page that refuses a request.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";

export const isOfFile = ({ route, response }: Pick<TraceView, "route" | "response">): boolean =>
  route.kind === "static" && response !== null && response.status < 400 && !readable(route.file ?? "").endsWith("/");
