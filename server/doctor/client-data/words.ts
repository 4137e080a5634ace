// What is said of client data that goes where it must not, before a request and after one.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { Flow } from "./flows.js";
import type { SinkKind } from "./grammar.js";
import type { Source } from "./own-function.js";

export const flowRules: Readonly<Record<SinkKind, string>> = {
  code: "input-evaluated",
  command: "input-in-command",
  path: "input-in-path",
};

const titles: Readonly<Record<SinkKind, string>> = {
  code: "The script runs what the client sends as code",
  command: "What the client sends becomes a part of a command",
  path: "What the client sends becomes a part of a file's path",
};

const consequences: Readonly<Record<SinkKind, string>> = {
  code: "Everybody who can send a request can run any code with the rights of the script. Read the values instead, and keep them in variables.",
  command:
    "Characters such as `;`, `|` and `$` begin another command there, with the rights of the script. Test the value against what it may be, or pass it as an argument of its own, without a shell.",
  path: "With `../` or a leading `/` it may lead to any file that the script may open. Take a name from a list, or test the value before it is used.",
};

const openConsequence =
  "With `|` at one of its ends it is a command, and with `>` in front a file that is written, with the rights of the script. Give the mode as an argument of its own, as `open(F, '<', $name)`, and test the value before it is used.";

const places: Readonly<Record<SinkKind, string>> = {
  code: "is run as code",
  command: "reaches a command line",
  path: "is a part of a path",
};

/** "The field `host`", "`HTTP_COOKIE`". */
function sourceWords({ variable, field }: Source): string {
  if (field !== null) return `The field \`${field}\``;
  if (variable === "stdin") return "The request's body";
  return variable === "" ? "A field of the request" : `The client's \`${variable}\``;
}

export const flowTitle = ({ kind }: Flow): string => titles[kind];
/** `text`: the file's bytes. */
export function flowDetail({ kind, source, line, isOpen }: Flow, text: ByteString): string {
  const written = byteString((text.split("\n")[line - 1] ?? "").trim().slice(0, 120));
  return `${sourceWords(source)} ${places[kind]}, and no test or escape is seen on the way: “${toDisplayText(written)}”. ${isOpen ? openConsequence : consequences[kind]}`;
}
