// All rules. Within one severity a trace's findings stand in this order: the nearest cause first.
import type { Rule } from "./rule.js";
import { authorizationHidden } from "./rules/authorization-hidden/rule.js";
import { badStatus } from "./rules/bad-status/rule.js";
import { beingWritten } from "./rules/being-written/rule.js";
import { bodyIncomplete } from "./rules/body-incomplete/rule.js";
import { bodyNotAllowed } from "./rules/body-not-allowed/rule.js";
import { bodyNotRead } from "./rules/body-not-read/rule.js";
import { bodyTypeMissing } from "./rules/body-type-missing/rule.js";
import { byteOrderMark } from "./rules/byte-order-mark/rule.js";
import { byteOrderMarkBeforeJson } from "./rules/byte-order-mark-before-json/rule.js";
import { byteOrderMarkInOutput } from "./rules/byte-order-mark-in-output/rule.js";
import { byteOrderMarkInPage } from "./rules/byte-order-mark-in-page/rule.js";
import { cachingContradicts } from "./rules/caching-contradicts/rule.js";
import { carriageReturnDoubled } from "./rules/carriage-return-doubled/rule.js";
import { carriageReturnOnly } from "./rules/carriage-return-only/rule.js";
import { cgiFieldMissing } from "./rules/cgi-field-missing/rule.js";
import { cgiModuleRemoved } from "./rules/cgi-module-removed/rule.js";
import { cgiRunAsFastcgi } from "./rules/cgi-run-as-fastcgi/rule.js";
import { characterCut } from "./rules/character-cut/rule.js";
import { charsetMissing } from "./rules/charset-missing/rule.js";
import { charsetUnknown } from "./rules/charset-unknown/rule.js";
import { charsetWrong } from "./rules/charset-wrong/rule.js";
import { chunkedBody } from "./rules/chunked-body/rule.js";
import { commandNotFound } from "./rules/command-not-found/rule.js";
import { connectionField } from "./rules/connection-field/rule.js";
import { contentLengthLarge } from "./rules/content-length-large/rule.js";
import { contentLengthSmall } from "./rules/content-length-small/rule.js";
import { contentTypeMissing } from "./rules/content-type-missing/rule.js";
import { cookieMalformed } from "./rules/cookie-malformed/rule.js";
import { cookieRefused } from "./rules/cookie-refused/rule.js";
import { crashedAfterHeader } from "./rules/crashed-after-header/rule.js";
import { crashedBeforeOutput } from "./rules/crashed-before-output/rule.js";
import { dateInvalid } from "./rules/date-invalid/rule.js";
import { emptyLineFirst } from "./rules/empty-line-first/rule.js";
import { emptyLineMissing } from "./rules/empty-line-missing/rule.js";
import { encodedTwice } from "./rules/encoded-twice/rule.js";
import { encodingsMixed } from "./rules/encodings-mixed/rule.js";
import { endedBadly } from "./rules/ended-badly/rule.js";
import { environmentTooLarge } from "./rules/environment-too-large/rule.js";
import { failedBeforeOutput } from "./rules/failed-before-output/rule.js";
import { fastcgiDied } from "./rules/fastcgi-died/rule.js";
import { fastcgiNotThere } from "./rules/fastcgi-not-there/rule.js";
import { fastcgiOverloaded } from "./rules/fastcgi-overloaded/rule.js";
import { fastcgiRefused } from "./rules/fastcgi-refused/rule.js";
import { fastcgiRunAsCgi } from "./rules/fastcgi-run-as-cgi/rule.js";
import { fastcgiSocketPermission } from "./rules/fastcgi-socket-permission/rule.js";
import { fastcgiWrongProtocol } from "./rules/fastcgi-wrong-protocol/rule.js";
import { fieldRepeated } from "./rules/field-repeated/rule.js";
import { fileNotFound } from "./rules/file-not-found/rule.js";
import { fileNotPermitted } from "./rules/file-not-permitted/rule.js";
import { folderNotSearchable } from "./rules/folder-not-searchable/rule.js";
import { folderWithoutIndex } from "./rules/folder-without-index/rule.js";
import { handlerUsed } from "./rules/handler-used/rule.js";
import { headerFolded } from "./rules/header-folded/rule.js";
import { headerLarge } from "./rules/header-large/rule.js";
import { headerMissing } from "./rules/header-missing/rule.js";
import { headerNotAscii } from "./rules/header-not-ascii/rule.js";
import { headerNotExported } from "./rules/header-not-exported/rule.js";
import { headerTooLarge } from "./rules/header-too-large/rule.js";
import { httpStatusLine } from "./rules/http-status-line/rule.js";
import { interpreterMissing } from "./rules/interpreter-missing/rule.js";
import { interpreterNotExecutable } from "./rules/interpreter-not-executable/rule.js";
import { killedBeforeOutput } from "./rules/killed-before-output/rule.js";
import { localRedirectDiffers } from "./rules/local-redirect-differs/rule.js";
import { localRedirectWithFields } from "./rules/local-redirect-with-fields/rule.js";
import { locationRelative } from "./rules/location-relative/rule.js";
import { malformedOutput } from "./rules/malformed-output/rule.js";
import { markupBeforeHeader } from "./rules/markup-before-header/rule.js";
import { messageAsHeader } from "./rules/message-as-header/rule.js";
import { metaContradictsHeader } from "./rules/meta-contradicts-header/rule.js";
import { noOutput } from "./rules/no-output/rule.js";
import { noShebang } from "./rules/no-shebang/rule.js";
import { notExecutable } from "./rules/not-executable/rule.js";
import { notPermitted } from "./rules/not-permitted/rule.js";
import { notUtf8 } from "./rules/not-utf-8/rule.js";
import { nphDiffers } from "./rules/nph-differs/rule.js";
import { nphStatusLineMissing } from "./rules/nph-status-line-missing/rule.js";
import { outputHeld } from "./rules/output-held/rule.js";
import { outputHeldBack } from "./rules/output-held-back/rule.js";
import { pathChanged } from "./rules/path-changed/rule.js";
import { perlError } from "./rules/perl-error/rule.js";
import { perlModuleMissing } from "./rules/perl-module-missing/rule.js";
import { phpCgiDirectAccess } from "./rules/php-cgi-direct-access/rule.js";
import { phpError } from "./rules/php-error/rule.js";
import { phpNoInputFile } from "./rules/php-no-input-file/rule.js";
import { proxyHeader } from "./rules/proxy-header/rule.js";
import { pythonError } from "./rules/python-error/rule.js";
import { pythonModuleMissing } from "./rules/python-module-missing/rule.js";
import { pythonSyntaxError } from "./rules/python-syntax-error/rule.js";
import { python2Syntax } from "./rules/python2-syntax/rule.js";
import { queryBecameArguments } from "./rules/query-became-arguments/rule.js";
import { queryOptionArgument } from "./rules/query-option-argument/rule.js";
import { queueFull } from "./rules/queue-full/rule.js";
import { redirectLoop } from "./rules/redirect-loop/rule.js";
import { redirectPathWithStatus } from "./rules/redirect-path-with-status/rule.js";
import { redirectTargetMissing } from "./rules/redirect-target-missing/rule.js";
import { relativePathMissing } from "./rules/relative-path-missing/rule.js";
import { requestNotServed } from "./rules/request-not-served/rule.js";
import { responseSplitting } from "./rules/response-splitting/rule.js";
import { rubyError } from "./rules/ruby-error/rule.js";
import { scriptMissing } from "./rules/script-missing/rule.js";
import { serverSettings } from "./rules/server-settings/rule.js";
import { shebangCarriageReturn } from "./rules/shebang-carriage-return/rule.js";
import { shellError } from "./rules/shell-error/rule.js";
import { spaceBeforeColon } from "./rules/space-before-colon/rule.js";
import { startFailed } from "./rules/start-failed/rule.js";
import { stderrElsewhere } from "./rules/stderr-elsewhere/rule.js";
import { surrogateHalves } from "./rules/surrogate-halves/rule.js";
import { textBeforeHeader } from "./rules/text-before-header/rule.js";
import { textLostBefore } from "./rules/text-lost-before/rule.js";
import { timeout } from "./rules/timeout/rule.js";
import { unicodeDecodeError } from "./rules/unicode-decode-error/rule.js";
import { unicodeEncodeError } from "./rules/unicode-encode-error/rule.js";
import { userUnchecked } from "./rules/user-unchecked/rule.js";
import { utf16Output } from "./rules/utf-16-output/rule.js";
import { variableNotSet } from "./rules/variable-not-set/rule.js";
import { wideCharacter } from "./rules/wide-character/rule.js";
import { wrongArchitecture } from "./rules/wrong-architecture/rule.js";

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
