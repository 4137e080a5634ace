// All rules. Within one severity a trace's findings stand in this order: the nearest cause first.

import { rule as bodyNotAllowed } from "../rules/body/body-not-allowed/rule.js";
import { rule as byteOrderMarkBeforeJson } from "../rules/body/byte-order-mark-before-json/rule.js";
import { rule as byteOrderMarkInPage } from "../rules/body/byte-order-mark-in-page/rule.js";
import { rule as characterCut } from "../rules/body/character-cut/rule.js";
import { rule as charsetWrong } from "../rules/body/charset-wrong/rule.js";
import { rule as contentLengthLarge } from "../rules/body/content-length-large/rule.js";
import { rule as contentLengthSmall } from "../rules/body/content-length-small/rule.js";
import { rule as encodedTwice } from "../rules/body/encoded-twice/rule.js";
import { rule as encodingsMixed } from "../rules/body/encodings-mixed/rule.js";
import { rule as metaContradictsHeader } from "../rules/body/meta-contradicts-header/rule.js";
import { rule as notUtf8 } from "../rules/body/not-utf-8/rule.js";
import { rule as surrogateHalves } from "../rules/body/surrogate-halves/rule.js";
import { rule as textLostBefore } from "../rules/body/text-lost-before/rule.js";
import { rule as fileNotFound } from "../rules/elsewhere/file-not-found/rule.js";
import { rule as folderWithoutIndex } from "../rules/elsewhere/folder-without-index/rule.js";
import { rule as handlerUsed } from "../rules/elsewhere/handler-used/rule.js";
import { rule as localRedirectDiffers } from "../rules/elsewhere/local-redirect-differs/rule.js";
import { rule as nphDiffers } from "../rules/elsewhere/nph-differs/rule.js";
import { rule as requestNotServed } from "../rules/elsewhere/request-not-served/rule.js";
import { rule as stderrElsewhere } from "../rules/elsewhere/stderr-elsewhere/rule.js";
import { rule as crashedAfterHeader } from "../rules/end/crashed-after-header/rule.js";
import { rule as endedBadly } from "../rules/end/ended-badly/rule.js";
import { rule as fastcgiDied } from "../rules/end/fastcgi-died/rule.js";
import { rule as outputHeld } from "../rules/end/output-held/rule.js";
import { rule as timeout } from "../rules/end/timeout/rule.js";
import { rule as badStatus } from "../rules/head/bad-status/rule.js";
import { rule as byteOrderMarkInOutput } from "../rules/head/byte-order-mark-in-output/rule.js";
import { rule as cachingContradicts } from "../rules/head/caching-contradicts/rule.js";
import { rule as carriageReturnDoubled } from "../rules/head/carriage-return-doubled/rule.js";
import { rule as carriageReturnOnly } from "../rules/head/carriage-return-only/rule.js";
import { rule as cgiFieldMissing } from "../rules/head/cgi-field-missing/rule.js";
import { rule as charsetMissing } from "../rules/head/charset-missing/rule.js";
import { rule as charsetUnknown } from "../rules/head/charset-unknown/rule.js";
import { rule as connectionField } from "../rules/head/connection-field/rule.js";
import { rule as contentTypeMissing } from "../rules/head/content-type-missing/rule.js";
import { rule as cookieMalformed } from "../rules/head/cookie-malformed/rule.js";
import { rule as cookieRefused } from "../rules/head/cookie-refused/rule.js";
import { rule as dateInvalid } from "../rules/head/date-invalid/rule.js";
import { rule as emptyLineFirst } from "../rules/head/empty-line-first/rule.js";
import { rule as emptyLineMissing } from "../rules/head/empty-line-missing/rule.js";
import { rule as fieldRepeated } from "../rules/head/field-repeated/rule.js";
import { rule as headerFolded } from "../rules/head/header-folded/rule.js";
import { rule as headerLarge } from "../rules/head/header-large/rule.js";
import { rule as headerMissing } from "../rules/head/header-missing/rule.js";
import { rule as headerNotAscii } from "../rules/head/header-not-ascii/rule.js";
import { rule as headerTooLarge } from "../rules/head/header-too-large/rule.js";
import { rule as httpStatusLine } from "../rules/head/http-status-line/rule.js";
import { rule as localRedirectWithFields } from "../rules/head/local-redirect-with-fields/rule.js";
import { rule as locationRelative } from "../rules/head/location-relative/rule.js";
import { rule as malformedOutput } from "../rules/head/malformed-output/rule.js";
import { rule as markupBeforeHeader } from "../rules/head/markup-before-header/rule.js";
import { rule as messageAsHeader } from "../rules/head/message-as-header/rule.js";
import { rule as nphStatusLineMissing } from "../rules/head/nph-status-line-missing/rule.js";
import { rule as redirectLoop } from "../rules/head/redirect-loop/rule.js";
import { rule as redirectPathWithStatus } from "../rules/head/redirect-path-with-status/rule.js";
import { rule as redirectTargetMissing } from "../rules/head/redirect-target-missing/rule.js";
import { rule as responseSplitting } from "../rules/head/response-splitting/rule.js";
import { rule as spaceBeforeColon } from "../rules/head/space-before-colon/rule.js";
import { rule as textBeforeHeader } from "../rules/head/text-before-header/rule.js";
import { rule as utf16Output } from "../rules/head/utf-16-output/rule.js";
import { rule as authorizationHidden } from "../rules/request/authorization-hidden/rule.js";
import { rule as bodyIncomplete } from "../rules/request/body-incomplete/rule.js";
import { rule as bodyNotRead } from "../rules/request/body-not-read/rule.js";
import { rule as bodyTypeMissing } from "../rules/request/body-type-missing/rule.js";
import { rule as chunkedBody } from "../rules/request/chunked-body/rule.js";
import { rule as headerNotExported } from "../rules/request/header-not-exported/rule.js";
import { rule as pathChanged } from "../rules/request/path-changed/rule.js";
import { rule as proxyHeader } from "../rules/request/proxy-header/rule.js";
import { rule as queryBecameArguments } from "../rules/request/query-became-arguments/rule.js";
import { rule as queryOptionArgument } from "../rules/request/query-option-argument/rule.js";
import { rule as userUnchecked } from "../rules/request/user-unchecked/rule.js";
import { rule as cgiModuleRemoved } from "../rules/run/cgi-module-removed/rule.js";
import { rule as commandNotFound } from "../rules/run/command-not-found/rule.js";
import { rule as crashedBeforeOutput } from "../rules/run/crashed-before-output/rule.js";
import { rule as failedBeforeOutput } from "../rules/run/failed-before-output/rule.js";
import { rule as fileNotPermitted } from "../rules/run/file-not-permitted/rule.js";
import { rule as killedBeforeOutput } from "../rules/run/killed-before-output/rule.js";
import { rule as noOutput } from "../rules/run/no-output/rule.js";
import { rule as outputHeldBack } from "../rules/run/output-held-back/rule.js";
import { rule as perlError } from "../rules/run/perl-error/rule.js";
import { rule as perlModuleMissing } from "../rules/run/perl-module-missing/rule.js";
import { rule as phpCgiDirectAccess } from "../rules/run/php-cgi-direct-access/rule.js";
import { rule as phpError } from "../rules/run/php-error/rule.js";
import { rule as phpNoInputFile } from "../rules/run/php-no-input-file/rule.js";
import { rule as pythonError } from "../rules/run/python-error/rule.js";
import { rule as pythonModuleMissing } from "../rules/run/python-module-missing/rule.js";
import { rule as pythonSyntaxError } from "../rules/run/python-syntax-error/rule.js";
import { rule as python2Syntax } from "../rules/run/python2-syntax/rule.js";
import { rule as relativePathMissing } from "../rules/run/relative-path-missing/rule.js";
import { rule as rubyError } from "../rules/run/ruby-error/rule.js";
import { rule as shellError } from "../rules/run/shell-error/rule.js";
import { rule as unicodeDecodeError } from "../rules/run/unicode-decode-error/rule.js";
import { rule as unicodeEncodeError } from "../rules/run/unicode-encode-error/rule.js";
import { rule as variableNotSet } from "../rules/run/variable-not-set/rule.js";
import { rule as wideCharacter } from "../rules/run/wide-character/rule.js";
import { rule as beingWritten } from "../rules/start/being-written/rule.js";
import { rule as byteOrderMark } from "../rules/start/byte-order-mark/rule.js";
import { rule as cgiRunAsFastcgi } from "../rules/start/cgi-run-as-fastcgi/rule.js";
import { rule as environmentTooLarge } from "../rules/start/environment-too-large/rule.js";
import { rule as fastcgiNotThere } from "../rules/start/fastcgi-not-there/rule.js";
import { rule as fastcgiOverloaded } from "../rules/start/fastcgi-overloaded/rule.js";
import { rule as fastcgiRefused } from "../rules/start/fastcgi-refused/rule.js";
import { rule as fastcgiRunAsCgi } from "../rules/start/fastcgi-run-as-cgi/rule.js";
import { rule as fastcgiSocketPermission } from "../rules/start/fastcgi-socket-permission/rule.js";
import { rule as fastcgiWrongProtocol } from "../rules/start/fastcgi-wrong-protocol/rule.js";
import { rule as folderNotSearchable } from "../rules/start/folder-not-searchable/rule.js";
import { rule as interpreterMissing } from "../rules/start/interpreter-missing/rule.js";
import { rule as interpreterNotExecutable } from "../rules/start/interpreter-not-executable/rule.js";
import { rule as noShebang } from "../rules/start/no-shebang/rule.js";
import { rule as notExecutable } from "../rules/start/not-executable/rule.js";
import { rule as notPermitted } from "../rules/start/not-permitted/rule.js";
import { rule as queueFull } from "../rules/start/queue-full/rule.js";
import { rule as scriptMissing } from "../rules/start/script-missing/rule.js";
import { rule as serverSettings } from "../rules/start/server-settings/rule.js";
import { rule as shebangCarriageReturn } from "../rules/start/shebang-carriage-return/rule.js";
import { rule as startFailed } from "../rules/start/start-failed/rule.js";
import { rule as wrongArchitecture } from "../rules/start/wrong-architecture/rule.js";
import type { Rule } from "./rule.js";

export const rules: readonly Rule[] = [
  folderNotSearchable,
  shebangCarriageReturn,
  byteOrderMark,
  interpreterMissing,
  interpreterNotExecutable,
  scriptMissing,
  notExecutable,
  notPermitted,
  noShebang,
  wrongArchitecture,
  environmentTooLarge,
  beingWritten,
  startFailed,
  fastcgiRunAsCgi,
  cgiRunAsFastcgi,
  queueFull,
  serverSettings,
  requestNotServed,
  fastcgiNotThere,
  fastcgiSocketPermission,
  fastcgiWrongProtocol,
  fastcgiOverloaded,
  fastcgiRefused,
  fastcgiDied,
  bodyIncomplete,
  timeout,
  cgiModuleRemoved,
  python2Syntax,
  unicodeEncodeError,
  unicodeDecodeError,
  pythonModuleMissing,
  pythonSyntaxError,
  pythonError,
  perlModuleMissing,
  perlError,
  phpError,
  rubyError,
  commandNotFound,
  variableNotSet,
  relativePathMissing,
  fileNotPermitted,
  shellError,
  phpNoInputFile,
  phpCgiDirectAccess,
  byteOrderMarkInOutput,
  utf16Output,
  carriageReturnDoubled,
  carriageReturnOnly,
  headerFolded,
  spaceBeforeColon,
  contentLengthSmall,
  contentLengthLarge,
  responseSplitting,
  httpStatusLine,
  markupBeforeHeader,
  textBeforeHeader,
  emptyLineMissing,
  emptyLineFirst,
  headerMissing,
  headerTooLarge,
  badStatus,
  cgiFieldMissing,
  redirectLoop,
  redirectTargetMissing,
  nphStatusLineMissing,
  malformedOutput,
  noOutput,
  crashedBeforeOutput,
  killedBeforeOutput,
  failedBeforeOutput,
  crashedAfterHeader,
  endedBadly,
  outputHeld,
  contentTypeMissing,
  bodyNotAllowed,
  connectionField,
  messageAsHeader,
  locationRelative,
  headerNotAscii,
  dateInvalid,
  cookieMalformed,
  cookieRefused,
  fieldRepeated,
  cachingContradicts,
  charsetWrong,
  charsetMissing,
  encodedTwice,
  notUtf8,
  encodingsMixed,
  surrogateHalves,
  characterCut,
  textLostBefore,
  byteOrderMarkInPage,
  byteOrderMarkBeforeJson,
  metaContradictsHeader,
  charsetUnknown,
  wideCharacter,
  headerLarge,
  localRedirectWithFields,
  redirectPathWithStatus,
  queryOptionArgument,
  queryBecameArguments,
  outputHeldBack,
  fileNotFound,
  folderWithoutIndex,
  headerNotExported,
  authorizationHidden,
  userUnchecked,
  proxyHeader,
  pathChanged,
  chunkedBody,
  bodyTypeMissing,
  bodyNotRead,
  handlerUsed,
  localRedirectDiffers,
  nphDiffers,
  stderrElsewhere,
];
