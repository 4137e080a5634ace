// How PHP is started with Xdebug: loaded and told by switches, where its own configuration does not.
import { execFile } from "node:child_process";
import type { ByteString } from "../../../contract/bytes-text.js";
import { byteString, utf8 } from "../../../protocol/byte-string.js";

const question = `<?php
if (!extension_loaded("xdebug")) echo is_file(ini_get("extension_dir") . "/xdebug.so") ? "is there" : "";
else if (phpversion("xdebug") >= 3) echo "has modes ", getenv("XDEBUG_MODE") ?: ini_get("xdebug.mode");
`;
/** Variables with which php-cgi takes itself for the program of a request, and what else the debugger does not need. */
const isKept = /^(?:PATH|HOME|PHPRC|PHP_INI_SCAN_DIR|XDEBUG_MODE|LD_LIBRARY_PATH|(?:PHPENV|ASDF|MISE)_\w+)=/;
const timeoutMs = 5000;

/** The switches, for the name of a socket; null: there is no Xdebug. */
export async function xdebugSwitches(
  command: readonly ByteString[],
  env: readonly ByteString[],
): Promise<((path: string) => readonly ByteString[]) | null> {
  const [program = byteString(""), ...words] = command;
  const answer = await new Promise<string>((resolve) => {
    const variables = env.filter((each) => isKept.test(each)).map((each) => decoded(each).split(/=(.*)/s, 2));
    const options = { env: Object.fromEntries(variables), timeout: timeoutMs, killSignal: "SIGKILL" } as const;
    const child = execFile(decoded(program), [...words.map(decoded), "-q"], options, (error, stdout) =>
      resolve(error ? "" : stdout),
    );
    child.stdin?.on("error", () => {}); // a program that is no PHP need not read it
    child.stdin?.end(question);
  });
  const [, modes = null] = /has modes (\S*)/.exec(answer) ?? [];
  if (modes === null && !answer.includes("is there")) return null;
  return (path) =>
    [
      ...(modes === null ? ["zend_extension=xdebug"] : []),
      // Other modes change what a script writes.
      `xdebug.mode=${modes === null || modes === "off" ? "" : `${modes},`}debug`,
      "xdebug.start_with_request=yes",
      `xdebug.client_host="unix://${path}"`,
      "xdebug.client_port=0",
      "xdebug.discover_client_host=0",
      "xdebug.log_level=0",
      "opcache.jit=0", // with which PHP would warn
    ].flatMap((each) => [byteString("-d"), utf8(each)]);
}

/** Node encodes what it gives to a process as UTF-8. */
const decoded = (text: ByteString): string => Buffer.from(text, "latin1").toString();
