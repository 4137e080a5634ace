// All rules. Within one severity a trace's findings stand in this order: the nearest cause first.
import type { Rule } from "./rule.js";
import { badStatus } from "./rules/bad-status/rule.js";
import { beingWritten } from "./rules/being-written/rule.js";
import { bodyIncomplete } from "./rules/body-incomplete/rule.js";
import { byteOrderMark } from "./rules/byte-order-mark/rule.js";
import { cgiFieldMissing } from "./rules/cgi-field-missing/rule.js";
import { cgiModuleRemoved } from "./rules/cgi-module-removed/rule.js";
import { commandNotFound } from "./rules/command-not-found/rule.js";
import { contentTypeMissing } from "./rules/content-type-missing/rule.js";
import { crashedAfterHeader } from "./rules/crashed-after-header/rule.js";
import { crashedBeforeOutput } from "./rules/crashed-before-output/rule.js";
import { emptyLineFirst } from "./rules/empty-line-first/rule.js";
import { emptyLineMissing } from "./rules/empty-line-missing/rule.js";
import { endedBadly } from "./rules/ended-badly/rule.js";
import { environmentTooLarge } from "./rules/environment-too-large/rule.js";
import { failedBeforeOutput } from "./rules/failed-before-output/rule.js";
import { fileNotPermitted } from "./rules/file-not-permitted/rule.js";
import { handlerUsed } from "./rules/handler-used/rule.js";
import { headerLarge } from "./rules/header-large/rule.js";
import { headerMissing } from "./rules/header-missing/rule.js";
import { headerTooLarge } from "./rules/header-too-large/rule.js";
import { httpStatusLine } from "./rules/http-status-line/rule.js";
import { interpreterMissing } from "./rules/interpreter-missing/rule.js";
import { interpreterNotExecutable } from "./rules/interpreter-not-executable/rule.js";
import { killedBeforeOutput } from "./rules/killed-before-output/rule.js";
import { malformedOutput } from "./rules/malformed-output/rule.js";
import { markupBeforeHeader } from "./rules/markup-before-header/rule.js";
import { noOutput } from "./rules/no-output/rule.js";
import { noShebang } from "./rules/no-shebang/rule.js";
import { notExecutable } from "./rules/not-executable/rule.js";
import { notPermitted } from "./rules/not-permitted/rule.js";
import { outputHeld } from "./rules/output-held/rule.js";
import { perlError } from "./rules/perl-error/rule.js";
import { perlModuleMissing } from "./rules/perl-module-missing/rule.js";
import { phpCgiDirectAccess } from "./rules/php-cgi-direct-access/rule.js";
import { phpError } from "./rules/php-error/rule.js";
import { phpNoInputFile } from "./rules/php-no-input-file/rule.js";
import { pythonError } from "./rules/python-error/rule.js";
import { pythonModuleMissing } from "./rules/python-module-missing/rule.js";
import { pythonSyntaxError } from "./rules/python-syntax-error/rule.js";
import { python2Syntax } from "./rules/python2-syntax/rule.js";
import { relativePathMissing } from "./rules/relative-path-missing/rule.js";
import { rubyError } from "./rules/ruby-error/rule.js";
import { scriptMissing } from "./rules/script-missing/rule.js";
import { shebangCarriageReturn } from "./rules/shebang-carriage-return/rule.js";
import { shellError } from "./rules/shell-error/rule.js";
import { startFailed } from "./rules/start-failed/rule.js";
import { textBeforeHeader } from "./rules/text-before-header/rule.js";
import { timeout } from "./rules/timeout/rule.js";
import { variableNotSet } from "./rules/variable-not-set/rule.js";
import { wrongArchitecture } from "./rules/wrong-architecture/rule.js";

export const rules: readonly Rule[] = [
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
  bodyIncomplete,
  timeout,
  cgiModuleRemoved,
  python2Syntax,
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
  httpStatusLine,
  markupBeforeHeader,
  textBeforeHeader,
  emptyLineMissing,
  emptyLineFirst,
  headerMissing,
  headerTooLarge,
  badStatus,
  cgiFieldMissing,
  malformedOutput,
  noOutput,
  crashedBeforeOutput,
  killedBeforeOutput,
  failedBeforeOutput,
  crashedAfterHeader,
  endedBadly,
  outputHeld,
  contentTypeMissing,
  headerLarge,
  handlerUsed,
];
