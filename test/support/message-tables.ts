// Every table of messages, by the field of the public JSON that its codes are found in.

import { windowMessage } from "../../renderer/rpc/messages.js";
import { adoptMessage, adoptProblem } from "../../server/adopt/messages.js";
import { appMessage, logMessage } from "../../server/app/messages.js";
import { faultMessage, temporaryMessage } from "../../server/base/messages.js";
import { bootMessage } from "../../server/boot/messages.js";
import { leaksMessage } from "../../server/cli/leaks-report.js";
import { cliMessage } from "../../server/cli/messages.js";
import { cookieMessage, sendingMessage } from "../../server/client/messages.js";
import { fixMessage } from "../../server/doctor/fixes/messages.js";
import { textMessage, uncheckedMessage } from "../../server/doctor/static-checks/messages.js";
import { assistantMessage } from "../../server/features/assistant/messages.js";
import { benchMessage } from "../../server/features/bench/bench-report.js";
import { benchProblem } from "../../server/features/bench/messages.js";
import { collectionProblem, leftOutMessage } from "../../server/features/collections/messages.js";
import { commandProblem } from "../../server/features/commands/messages.js";
import { debugMessage, debugProblem } from "../../server/features/debug/messages.js";
import { deployNote, deployProblem } from "../../server/features/deploy/messages.js";
import { replayProblem, responseMessage } from "../../server/features/exchange/messages.js";
import { joinMessage } from "../../server/features/join/messages.js";
import { leakAdvice, leakMessage, outputMessage } from "../../server/features/leaks/messages.js";
import { measureProblem, verdictMessage } from "../../server/features/measure/messages.js";
import { resultMessage, savedMessage } from "../../server/features/saved/messages.js";
import { startupAdvice, startupProblem, startupRemark } from "../../server/features/startup/messages.js";
import { brokenMessage, variationsProblem } from "../../server/features/variations/messages.js";
import { wrapProblem } from "../../server/features/wrap/messages.js";
import { environmentMessage, httpFileMessage } from "../../server/formats/http-file/messages.js";
import { queryMessage } from "../../server/formats/query/query-messages.js";
import { accessMessage } from "../../server/http/access/messages.js";
import { exchangeMessage } from "../../server/http/exchange/messages.js";
import { connectionMessage, listenMessage, requestFaultMessage } from "../../server/http/front/messages.js";
import { noPreviewMessage } from "../../server/http/preview/messages.js";
import { checkMessage, lessonMistake, lessonProblem } from "../../server/lessons/messages.js";
import { notFastcgiMessage } from "../../server/protocol/fastcgi/messages.js";
import { redirectMessage } from "../../server/protocol/follow-redirect.js";
import { fieldMessage } from "../../server/protocol/framing-messages.js";
import { previewMessage, previewReason } from "../../server/protocol/preview-messages.js";
import { notExportedMessage, targetMessage } from "../../server/protocol/request-messages.js";
import { scriptMessage } from "../../server/protocol/script-head-messages.js";
import { handlerReason, routeMessage } from "../../server/routing/messages.js";
import { callMessage } from "../../server/rpc/messages.js";
import {
  applicationMessage,
  fastcgiMessage,
  fastcgiNote,
  unlistedMessage,
} from "../../server/runners/fastcgi/messages.js";
import { poolMessage, workerMessage, workerNote } from "../../server/runners/pool/messages.js";
import { touchedMessage, touchedProblem } from "../../server/runners/touched/messages.js";
import { sampleMessage } from "../../server/samples/messages.js";
import { serverMessage, serverProblem } from "../../server/servers/messages.js";
import { startMessage } from "../../server/spawn/messages.js";
import { storeMessage } from "../../server/store/messages.js";
import { exportMessage, importedMessage, importMessage } from "../../server/trace/formats/messages.js";
import { configMessage, mistakeMessage } from "../../server/workspace/config/messages.js";
import { conversionProblem } from "../../server/workspace/encodings/messages.js";
import { fileMessage, folderMessage, watchMessage } from "../../server/workspace/files/messages.js";
import { lockMessage } from "../../server/workspace/lock/messages.js";
import { searchProblem } from "../../server/workspace/search/messages.js";
import { trustMessage } from "../../server/workspace/trust/messages.js";

/** Described in docs/trace-format.md, under these headings. */
export const publishedTables = {
  "Malformed requests": [requestFaultMessage, connectionMessage, targetMessage],
  Access: [accessMessage],
  Routing: [routeMessage, handlerReason],
  "Starting a process": [startMessage],
  "FastCGI applications": [fastcgiMessage, poolMessage, notFastcgiMessage],
  "The exchange": [exchangeMessage],
  "What a script touched": [touchedMessage],
  "The script's headers": [scriptMessage],
  "Request headers not exported": [notExportedMessage],
  "Response headers": [fieldMessage],
  "FastCGI notes": [fastcgiNote],
  "Checks of scripts": [textMessage, uncheckedMessage],
  "Imported traces": [importedMessage],
  "Other servers": [serverMessage],
} as const;

/** What only the window or the command line shows. */
export const otherTables = [
  applicationMessage,
  benchMessage,
  checkMessage,
  cookieMessage,
  adoptMessage,
  deployNote,
  environmentMessage,
  httpFileMessage,
  importMessage,
  leakAdvice,
  leakMessage,
  leaksMessage,
  leftOutMessage,
  lessonMistake,
  mistakeMessage,
  outputMessage,
  previewMessage,
  previewReason,
  queryMessage,
  redirectMessage,
  resultMessage,
  debugMessage,
  startupAdvice,
  startupRemark,
  verdictMessage,
  responseMessage,
  brokenMessage,
] as const;

/** By name. What a call fails with: described in docs/trace-format.md, under "Problems". */
export const problemTables = {
  appMessage,
  assistantMessage,
  benchProblem,
  callMessage,
  cliMessage,
  collectionProblem,
  commandProblem,
  configMessage,
  conversionProblem,
  adoptProblem,
  deployProblem,
  exportMessage,
  fileMessage,
  fixMessage,
  folderMessage,
  lessonProblem,
  listenMessage,
  lockMessage,
  measureProblem,
  noPreviewMessage,
  replayProblem,
  sampleMessage,
  savedMessage,
  searchProblem,
  sendingMessage,
  debugProblem,
  startupProblem,
  storeMessage,
  temporaryMessage,
  serverProblem,
  touchedProblem,
  trustMessage,
  unlistedMessage,
  variationsProblem,
  watchMessage,
  workerMessage,
  wrapProblem,
} as const;

/** By name. What the log and the window say. */
export const ownTables = { bootMessage, faultMessage, joinMessage, logMessage, workerNote, windowMessage } as const;
