// Checks a script before it runs: its file, and, with its interpreter, its syntax. Caches what depends on the text
// alone, and runs one interpreter at a time.
import { statSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { isWithin } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { SlowWorker } from "../../base/next-message.js";
import { SerialQueue } from "../../base/serial-queue.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Config, htaccessName } from "../../contract/config.js";
import type { Message } from "../../contract/message.js";
import { callsApplication, defaultMode, modeTraits } from "../../contract/modes.js";
import { byteString, toBytes, utf8 } from "../../protocol/byte-string.js";
import { beginning } from "../../routing/file-facts.js";
import { isForeignProgram } from "../../routing/foreign-program.js";
import { findInterpreter, type Handler, handlersOf } from "../../routing/handlers.js";
import { scriptSettings } from "../../routing/script-settings.js";
import { parseShebang, type ShebangLine } from "../../routing/shebang.js";
import { decide, extensionKind, type Row } from "../../routing/table.js";
import { isInCgiBin } from "../../routing/url-path.js";
import { configuredVariables, type Variables } from "../../routing/variables.js";
import type { Starter } from "../../spawn/start.js";
import type { HtaccessRules } from "../../workspace/config/configuration.js";
import { hashOf } from "../../workspace/files/text-file.js";
import { isShim } from "../../workspace/interpreters/interpreter-questions.js";
import { forChecks } from "../../workspace/interpreters/own-environment.js";
import type { ScannedLanguage } from "../client-data/grammar.js";
import { isWideData } from "../evidence/data-file.js";
import type { ToFix } from "../fixes/fix.js";
import { byteOrderMark, languageOf, languageOfProgram, type ScriptLanguage, withoutMark } from "../fixes/language.js";
import { bareRequires } from "./bare-require.js";
import { checkFile, type FileToCheck } from "./check-file.js";
import type { SourceChecker } from "./check-source.js";
import { checkAppliedHtaccess, checkHtaccess } from "./htaccess.js";
import { isLibrary } from "./library.js";
import type { Diagnostic } from "./markers.js";
import { textMessage, uncheckedMessage } from "./messages.js";
import { runSyntaxCheck } from "./run-syntax-check.js";
import { syntaxCheckFor, whyUnchecked } from "./syntax-checks.js";

/** The workspace of the script. */
interface CheckedFolder {
  /** Absolute. */
  readonly root: string;
  readonly config: Config;
  /** The environment that its scripts get of the workbench's own. */
  readonly inherited: ReadonlyMap<ByteString, ByteString>;
  /** Every file of it is run: a route says so, or its path in the URL. By default the paths in the workspace decide. */
  readonly runsAll?: boolean;
  /** What its `.htaccess` files say; not there: they have no effect. */
  readonly htaccess?: HtaccessRules | null;
}
export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Why the syntax, or the text, was not checked; null if it was. */
  readonly unchecked: Message | null;
}

function ofHtaccess({ htaccess }: CheckedFolder, { path, text }: ToFix): Diagnostic[] {
  const lines = htaccess?.lines.filter(({ file }) => file === path);
  return lines ? checkAppliedHtaccess(text, lines) : checkHtaccess(text);
}

const maxCached = 100;
/** The syntax of longer scripts is not checked. */
const maxCheckedMiB = 1;

const notChecked = (unchecked: Message | null): Checked => ({ diagnostics: [], unchecked });

export class StaticChecker {
  readonly #starter: Starter;
  readonly #textRules: SourceChecker;
  readonly #results = new Map<string, Promise<Checked>>();
  readonly #queue = new SerialQueue();

  constructor(starter: Starter, textRules: SourceChecker) {
    this.#starter = starter;
    this.#textRules = textRules;
  }

  async check(folder: CheckedFolder, script: ToFix): Promise<Checked> {
    if (posix.basename(script.path) === htaccessName)
      return { diagnostics: ofHtaccess(folder, script), unchecked: null };
    const handlers = handlersOf(folder.config, folder.root);
    const file = factsOf(folder, script, handlers);
    if (file !== null && file.utf16 !== null) return { diagnostics: checkFile(file), unchecked: null };
    // A program's source in C: no request runs it.
    const language = posix.extname(script.path) === ".c" ? "c" : (file?.language ?? null);
    const ofText = await this.#checkText(script.text, language);
    if (file === null) return ofText;
    const ofFile = [
      ...checkFile(file),
      ...ofText.diagnostics,
      ...(searchesOwnFolder(folder, script)
        ? []
        : bareRequires(script, posix.join(folder.root, posix.dirname(script.path)))),
    ];
    const syntax = await this.#checkSyntax(
      folder,
      script,
      file,
      handlers.get(posix.extname(script.path).toLowerCase()) ?? null,
    );
    return { diagnostics: [...ofFile, ...syntax.diagnostics], unchecked: ofText.unchecked ?? syntax.unchecked };
  }

  async #checkText(text: ByteString, language: ScannedLanguage | null): Promise<Checked> {
    if (language === null) return notChecked(null);
    try {
      return { diagnostics: await this.#textRules.checkSource({ text, language }), unchecked: null };
    } catch (error) {
      if (!(error instanceof SlowWorker)) console.error("The rules about a script's text failed.", error);
      return notChecked(textMessage("text-not-checked", { systemText: errorText(error) }));
    }
  }

  async #checkSyntax(
    folder: CheckedFolder,
    script: ToFix,
    file: FileToCheck,
    handler: Handler | null,
  ): Promise<Checked> {
    const { language, text } = file;
    if (language === null) return notChecked(file.shebang === null ? null : uncheckedMessage("no-checker"));
    const why = whyUnchecked[language];
    if (why !== undefined) return notChecked(why);
    if (script.text.length > maxCheckedMiB << 20)
      return notChecked(uncheckedMessage("script-too-large", { maxMiB: maxCheckedMiB }));
    const program = interpreterFor(folder, script, file, handler);
    const checker =
      program !== null && language === "lua"
        ? script.programs.find(posix.basename(program).replace(/^lua/, "luac"))
        : program;
    const check = checker === null ? null : syntaxCheckFor(checker, language, script.path, text);
    if (checker === null || check === null) return notChecked(uncheckedMessage("no-checker"));
    if (!isForeignProgram(checker, folder.root))
      return notChecked(uncheckedMessage("interpreter-in-folder", { program: checker }));
    if (isShim(checker)) return notChecked(uncheckedMessage("interpreter-is-shim", { program: checker }));
    const key = [checker, script.path, hashOf(toBytes(script.text))].join("\0");
    const cached = this.#results.get(key);
    if (cached) return cached;
    const pythonPath = language === "python" ? configuredFor(folder, script.path).get(pythonPathName) : undefined;
    const run = {
      program: checker,
      args: [...check.args, ...(pythonPath === undefined ? [] : [toDisplayText(pythonPath)])],
      folder: posix.join(folder.root, posix.dirname(script.path)),
      environment: forChecks(pythonPath === undefined ? folder.inherited : without(folder.inherited, pythonPathName)),
    };
    const diagnosed = async (source: ByteString): Promise<Diagnostic[] | null> => {
      const output = await runSyntaxCheck(this.#starter, { ...run, source });
      return output && check.parse(output, text);
    };
    const result = this.#queue.run(async (): Promise<Checked> => {
      const source = withoutMark(script.text);
      const diagnostics = await diagnosed(source);
      if (diagnostics === null) {
        this.#results.delete(key);
        return notChecked(uncheckedMessage("syntax-check-failed", { program: posix.basename(checker) }));
      }
      const [first] = diagnostics;
      const part = first && check.untilEnd?.(source, first.line);
      const isBehindEnd = part != null && (await diagnosed(byteString(part)))?.length === 0;
      return { diagnostics: isBehindEnd ? [] : diagnostics, unchecked: null };
    });
    if (check.readsDisk !== true) this.#keep(key, result);
    return result;
  }

  #keep(key: string, result: Promise<Checked>): void {
    this.#results.set(key, result);
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= maxCached) break;
      this.#results.delete(oldest);
    }
  }
}

/** Perl searches the folder of the script as it did before 5.26. */
const searchesOwnFolder = (folder: CheckedFolder, { path }: ToFix): boolean =>
  [folder.inherited, configuredFor(folder, path)].some((variables) => variables.has(utf8("PERL_USE_UNSAFE_INC")));

/** Null for a file that no request runs and that has no shebang. */
function factsOf(folder: CheckedFolder, script: ToFix, handlers: ReadonlyMap<string, Handler>): FileToCheck | null {
  const { path, executable } = script;
  const extension = posix.extname(path).toLowerCase();
  const bom = script.text.startsWith(byteOrderMark);
  const plain = withoutMark(script.text);
  const begins = beginning(toBytes(byteString(script.text.slice(0, 8))));
  const row = decide({
    inCgiBin: folder.runsAll || isInCgiBin(path) || isRouted(folder, path),
    executable,
    begins,
    extension: extensionKind(extension, handlers.has(extension), scriptSettings(folder.config, path) !== undefined),
  });
  if (handlers.get(extension)?.action && !isRouted(folder, path)) return null; // another script reads it
  const shebang = parseShebang(plain);
  if (begins === "program" || (row.action === "static" && shebang === null)) return null;
  const isPart =
    isReadByInterpreter(folder, path, handlers.get(extension)) ||
    (isUnmarked(row, shebang) && isLibrary(folder.root, path, plain));
  return {
    path,
    text: toDisplayText(plain),
    bom,
    utf16: begins !== "utf-16" ? null : isWideData(path, plain) ? "data" : "script",
    executable,
    row: isPart ? { ...row, because: null } : row,
    shebang,
    interpreter: shebang === null ? null : script.programs.find(namedProgram(folder, path, shebang)),
    language: languageFor(path, script.text, shebang),
    closedFolders: closedFolders(folder.root, path),
  };
}

/** It has neither an execute bit nor a first line with its interpreter: it may be a part of other scripts. */
const isUnmarked = ({ action, because }: Row, shebang: ShebangLine | null): boolean =>
  action === "handler" && because !== null && shebang === null;

const languageFor = (path: string, text: ByteString, shebang: ShebangLine | null): ScriptLanguage | null =>
  shebang === null ? languageOf(path, text) : languageOfProgram(shebang.searchedFor ?? shebang.program);

/** On every server the interpreter reads such a file itself; the system never starts it. */
function isReadByInterpreter({ config }: CheckedFolder, path: string, handler: Handler | undefined): boolean {
  const mode = scriptSettings(config, path)?.mode ?? handler?.mode ?? handler?.usualMode ?? defaultMode;
  return handler?.external != null || modeTraits[mode].interpreter !== null || callsApplication(mode);
}

const isRouted = ({ root, config }: CheckedFolder, path: string): boolean =>
  config.routes.some(({ file }) => file !== undefined && posix.resolve(root, file) === posix.join(root, path));

/** The interpreter from the shebang or the handler. */
function interpreterFor(
  folder: CheckedFolder,
  script: ToFix,
  { row, interpreter }: FileToCheck,
  handler: Handler | null,
): string | null {
  const [handled] = (handler && findInterpreter(handler, folder.root, script.programs)) ?? [];
  const program = (row.action === "handler" ? null : interpreter) ?? (handled && toDisplayText(handled));
  return program && languageOfProgram(program) !== null ? program : null;
}

/** A relative path in a shebang line counts from the folder in which the script runs: its own. */
function namedProgram({ root }: CheckedFolder, path: string, { searchedFor, program }: ShebangLine): string {
  const name = searchedFor ?? program;
  return name.includes("/") ? posix.resolve(root, posix.dirname(path), name) : name;
}

/**
 * This variable is an argument of the check: as a variable, it and nearly every other one would make an interpreter run
 * code of the folder (`sitecustomize.py`) before the check does anything.
 */
const pythonPathName = utf8("PYTHONPATH");

/** The variables that the configuration gives to a script; of the routes that lead to it, those of the longest. */
function configuredFor({ root, config }: CheckedFolder, path: string): Variables {
  const file = posix.join(root, path);
  const [route] = config.routes
    .filter((one) => {
      if (one.file !== undefined) return posix.resolve(root, one.file) === file;
      if (one.dir !== undefined) return isWithin(file, posix.resolve(root, one.dir));
      return one.address === undefined && one.redirect === undefined && isWithin(`/${path}`, posix.resolve(one.path));
    })
    .sort((a, b) => b.path.length - a.path.length);
  return configuredVariables(root, config.variables, route?.variables, scriptSettings(config, path)?.variables);
}

function without(variables: Variables, name: ByteString): Variables {
  const rest = new Map(variables);
  rest.delete(name);
  return rest;
}

/** The folders between the workspace and the script that have no execute bit. */
function closedFolders(root: string, path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.flatMap((_, index) => {
    const folder = names.slice(0, index + 1).join("/");
    const stats = statSync(posix.join(root, folder), { throwIfNoEntry: false });
    return stats && (stats.mode & 0o111) === 0 ? [folder] : [];
  });
}
