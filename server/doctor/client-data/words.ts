// What is said of client data that goes where it must not, before a request and after one.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { Flow } from "./flows.js";
import type { SinkKind } from "./grammar.js";
import type { Source } from "./own-function.js";

/** The rule about it, its title, where the data goes, and what may come of that. */
export const sinkTexts: Readonly<
  Record<SinkKind, Readonly<Record<"rule" | "title" | "place" | "consequence", string>>>
> = {
  code: {
    rule: "input-evaluated",
    title: "The script runs what the client sends as code",
    place: "is run as code",
    consequence:
      "Everybody who can send a request can run any code with the rights of the script. Read the values instead, and keep them in variables.",
  },
  command: {
    rule: "input-in-command",
    title: "What the client sends becomes a part of a command",
    place: "reaches a command line",
    consequence:
      "Characters such as `;`, `|` and `$` begin another command there, with the rights of the script. Test the value against what it may be, or pass it as an argument of its own, without a shell.",
  },
  path: {
    rule: "input-in-path",
    title: "What the client sends becomes a part of a file's path",
    place: "is a part of a path",
    consequence:
      "With `../` or a leading `/` it may lead to any file that the script may open. Take a name from a list, or test the value before it is used.",
  },
};

const openConsequence =
  "With `|` at one of its ends it is a command, and with `>` in front a file that is written, with the rights of the script. Give the mode as an argument of its own, as `open(F, '<', $name)`, and test the value before it is used.";

const objectsConsequence =
  "Whoever sends the text chooses the objects, and which of the program's functions run for them: in Python any code, in the other languages what their classes allow. Read JSON instead.";

/** "The field `host`", "`HTTP_COOKIE`". */
function sourceWords({ variable, field }: Source): string {
  if (field !== null) return `The field \`${field}\``;
  if (variable === "stdin") return "The request's body";
  return variable === "" ? "A field of the request" : `The client's \`${variable}\``;
}

/** `text`: the file's bytes. */
export function flowDetail({ kind, source, line, how }: Flow, text: ByteString): string {
  const written = byteString((text.split("\n")[line - 1] ?? "").trim().slice(0, 120));
  const { place, consequence } =
    how === "objects" ? { place: "is made into objects", consequence: objectsConsequence } : sinkTexts[kind];
  return `${sourceWords(source)} ${place}, and no test or escape is seen on the way: “${toDisplayText(written)}”. ${how === "open" ? openConsequence : consequence}`;
}
