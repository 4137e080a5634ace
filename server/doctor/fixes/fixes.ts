// All fixes, by id.
import { addEmptyLine } from "./blank-line-fix.js";
import { declareCharset } from "./charset-fixes.js";
import { convertToUtf8, declareLatin1 } from "./encoding-fixes.js";
import { replaceFieldStorage } from "./field-storage.js";
import { makeExecutable, removeByteOrderMark, setShebang, useLineFeeds } from "./file-fixes.js";
import type { Fix } from "./fix.js";
import { addContentType, useStatusField } from "./header-fixes.js";
import { serveLikeApache, takeHtaccessRules } from "./htaccess-fixes.js";
import { contentLengthInBytes } from "./length-fixes.js";
import { correctLinks } from "./link-fix.js";
import { modeFixes } from "./mode-fixes.js";
import { binaryOutput, flushOutput, setEncodingEnvironment, writeLineEnds } from "./output-fixes.js";
import { requireFromFolder } from "./perl-fixes.js";
import { printFunction } from "./print-function.js";
import { readForm } from "./read-form.js";
import { removeContentLength, removeField } from "./removal-fixes.js";
import { callSendmailByName, takeSmtpFromEnvironment } from "./sendmail-fix.js";

const fixes: readonly Fix[] = [
  makeExecutable,
  useLineFeeds,
  setShebang,
  removeByteOrderMark,
  addContentType,
  addEmptyLine,
  useStatusField,
  removeField,
  removeContentLength,
  contentLengthInBytes,
  declareCharset,
  convertToUtf8,
  declareLatin1,
  setEncodingEnvironment,
  flushOutput,
  writeLineEnds,
  binaryOutput,
  printFunction,
  replaceFieldStorage,
  ...modeFixes,
  requireFromFolder,
  readForm,
  correctLinks,
  callSendmailByName,
  takeSmtpFromEnvironment,
  serveLikeApache,
  takeHtaccessRules,
];

/** The fix with this id; undefined for an unknown one. */
export const fixNamed = (id: string): Fix | undefined => fixes.find(({ id: own }) => own === id);
