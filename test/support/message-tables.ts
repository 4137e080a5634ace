// Every table of messages, by the field of the public JSON that its codes are found in.
import { cookieMessage } from "../../server/client/messages.js";
import { uncheckedMessage } from "../../server/doctor/static-checks/messages.js";
import { accessMessage } from "../../server/http/access/messages.js";
import { exchangeMessage } from "../../server/http/exchange/messages.js";
import { connectionMessage, requestFaultMessage } from "../../server/http/front/messages.js";
import { notFastcgiMessage } from "../../server/protocol/fastcgi/messages.js";
import { redirectMessage } from "../../server/protocol/follow-redirect.js";
import { fieldMessage } from "../../server/protocol/framing-messages.js";
import { previewMessage, previewReason } from "../../server/protocol/preview-messages.js";
import { notExportedMessage, targetMessage } from "../../server/protocol/request-messages.js";
import { scriptMessage } from "../../server/protocol/script-head-messages.js";
import { handlerReason, routeMessage } from "../../server/routing/messages.js";
import { applicationMessage, fastcgiMessage, fastcgiNote } from "../../server/runners/fastcgi/messages.js";
import { poolMessage } from "../../server/runners/pool/messages.js";
import { startMessage } from "../../server/spawn/messages.js";

/** Described in docs/trace-format.md, under these headings. */
export const publishedTables = {
  "Malformed requests": [requestFaultMessage, connectionMessage, targetMessage],
  Access: [accessMessage],
  Routing: [routeMessage, handlerReason],
  "Starting a process": [startMessage],
  "FastCGI applications": [fastcgiMessage, poolMessage, notFastcgiMessage],
  "The exchange": [exchangeMessage],
  "The script's headers": [scriptMessage],
  "Request headers not exported": [notExportedMessage],
  "Response headers": [fieldMessage],
  "FastCGI notes": [fastcgiNote],
  "Syntax checks": [uncheckedMessage],
} as const;

/** What only the window shows. */
export const otherTables = [applicationMessage, cookieMessage, previewMessage, previewReason, redirectMessage] as const;
