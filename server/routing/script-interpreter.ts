// The interpreter of a script that an agent can run: from its handler, or as the
// system would take it from the first line.
import { posix } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import {
  type AgentLanguage,
  agentLanguages,
  isRunByAgent,
  type Mode,
  type ModeTraits,
  modeTraits,
} from "../contract/modes.js";
import { byteString } from "../protocol/byte-string.js";
import { routeMessage } from "./messages.js";
import type { ScriptRoute } from "./route.js";
import { parseShebang } from "./shebang.js";

/** What runs a script in the modes that use an agent. */
interface ScriptInterpreter {
  readonly language: AgentLanguage;
  /** The program and its arguments, ready to start. */
  readonly command: readonly ByteString[];
  /** The command without the switches that the agent itself takes from the script's first line. */
  readonly agentCommand: readonly ByteString[];
  /** The switches in one text. */
  readonly switches: string;
}

/** Names of the programs that an agent runs in: python3.11, perl5.36.0, ruby3.1. */
const programs: Readonly<Record<AgentLanguage, RegExp>> = {
  python: /^python(3(\.\d+)*)?$/,
  perl: /^perl(5(\.\d+)*)?$/,
  ruby: /^ruby(\d+(\.\d+)*)?$/,
};

/** Whether the agent takes the switches from the script's first line; else its interpreter starts with them. */
const readsSwitches: Readonly<Record<AgentLanguage, boolean>> = { python: false, perl: true, ruby: true };

/** Other switches keep a Python or Ruby agent from running, and an application cannot have them. */
const keptSwitches: Readonly<Record<AgentLanguage, RegExp>> = {
  python: /^(?:(?:-(?=\w)[bBdEIOPqRsStuvx]*(?:[WX]\s*\S+)?|--check-hash-based-pycs\s+\S+)(?:\s+|$))*(?:--)?$/,
  perl: /^(?:-(?=\w)[wX]*(?:I\s*[^\s-]\S*)?(?:\s+|$))*(?:--)?$/,
  ruby: /^(?:-(?=\S)(?:[dwU]*(?:W[0-2]?|W:\S+|K\w|[IrE]\s*[^\s-]\S*)?|-(?:dis|en)able[-=]\S+|-(?:[yr]?jit|verbose|debug|parser=\S+)|-(?:(?:ex|in)ternal-)?encoding[= ]\S+)(?:\s+|$))*(?:--)?$/,
};

/** `env` needs the name of the program that it searches for. */
function withoutSwitches([
  program = byteString(""),
  words = byteString(""),
]: readonly ByteString[]): readonly ByteString[] {
  if (!/(^|\/)env$/.test(program)) return [program];
  return [program, byteString(/^-S[ \t]+(?:[^-\s]\S*=\S*[ \t]+)*[^-\s]\S*/.exec(words)?.[0] ?? words)];
}

/** `program`: a name or a path. */
export function agentLanguageOf(program: string): AgentLanguage | null {
  const name = posix.basename(program);
  return agentLanguages.find((language) => programs[language].test(name)) ?? null;
}

/** Whether the first line names the program that an agent runs in. */
export const isReadByAgent = (firstLine: ByteString): boolean => agentLanguageOf(shebangProgram(firstLine)) !== null;

/** What an agent of the script's language runs in; null if no agent can run the script. */
export function scriptInterpreter({
  firstLine,
  interpreter,
}: Pick<ScriptRoute, "firstLine" | "interpreter">): ScriptInterpreter | null {
  const command = interpreterCommand({ firstLine, interpreter });
  const language = command && agentLanguageOf(interpreter?.[0] ?? shebangProgram(firstLine));
  if (!command || !language) return null;
  const isWhole = !readsSwitches[language] || (interpreter !== null && language === "ruby");
  const switches = interpreter?.slice(1).join(" ") ?? parseShebang(firstLine)?.argument ?? "";
  return { language, command, agentCommand: isWhole ? command : withoutSwitches(command), switches };
}

/**
 * Why there is no agent in which the script, or an application of its kind, runs; null: there is one, or the mode needs
 * none.
 */
export function agentRefusal(
  mode: Mode,
  script: Pick<ScriptRoute, "firstLine" | "interpreter" | "scriptName">,
): Message | null {
  if (!isRunByAgent(mode)) return null;
  const { usesAgent, applications }: ModeTraits = modeTraits[mode];
  const agent = scriptInterpreter(script);
  const path = toDisplayText(script.scriptName);
  const from = script.interpreter === null ? "first-line" : "handler";
  if (agent !== null && (usesAgent || applications.includes(agent.language))) {
    const { language, switches } = agent;
    const passesAny = usesAgent && (language === "perl" || (language === "ruby" && from === "first-line"));
    // A configured word may have blanks; those of a line are between words.
    const words = script.interpreter?.slice(1).map((word) => word.replaceAll(/\s/g, "_")) ?? [switches];
    if (passesAny || keptSwitches[language].test(words.join(" "))) return null;
    return routeMessage("switch-refused", { path, mode, from, switch: toDisplayText(byteString(switches)) });
  }
  return from === "first-line" && parseShebang(script.firstLine)?.carriageReturn
    ? routeMessage("first-line-carriage-return", { path })
    : routeMessage("no-agent", { path, mode, from, language: agent?.language ?? null });
}

/** The program whose name tells the language. */
export function shebangProgram(beginning: ByteString): string {
  const shebang = parseShebang(beginning);
  return shebang === null || shebang.carriageReturn ? "" : (shebang.searchedFor ?? shebang.program);
}

/** What starts the script, ready to start with its file; null: the file starts itself. */
export const interpreterCommand = ({
  firstLine,
  interpreter,
}: Pick<ScriptRoute, "firstLine" | "interpreter">): readonly ByteString[] | null =>
  interpreter ?? shebangCommand(firstLine);

/** The system passes everything after the program as one argument. */
function shebangCommand(beginning: ByteString): readonly ByteString[] | null {
  const shebang = parseShebang(beginning);
  if (shebang === null) return null;
  const line = shebang.line.replace(/^[ \t]+|[ \t]+$/g, "");
  const end = line.search(/[ \t]/);
  return end === -1
    ? [byteString(line)]
    : [byteString(line.slice(0, end)), byteString(line.slice(end).replace(/^[ \t]+/, ""))];
}
