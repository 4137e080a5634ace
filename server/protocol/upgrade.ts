// What asks for a WebSocket in place of a response (RFC 6455 §4.1).
import { withoutBlanks } from "./blanks.js";
import { valuesOf } from "./header-values.js";
import type { RequestHead } from "./request.js";

/** RFC 9110 §7.8: the protocol is named in Upgrade, and Connection says that the field is meant for this server. */
export const asksForWebSocket = ({ headers }: Pick<RequestHead, "headers">): boolean =>
  lists(valuesOf(headers, "upgrade"), "websocket") && lists(valuesOf(headers, "connection"), "upgrade");

const lists = (values: readonly string[], word: string): boolean =>
  values.some((value) => value.split(",").some((option) => withoutBlanks(option).toLowerCase() === word));
