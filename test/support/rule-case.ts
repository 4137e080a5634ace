// A doctor's rule as its folder describes it: the failing script, its healthy twin, and the request that goes to both.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { evidence } from "../../server/contract/trace.js";
import type { TraceRecord } from "../../server/trace/trace-record.js";
import { request, startGateway } from "./gateway.js";
import { repositoryRoot } from "./repository.js";
import { findProgram } from "./run/find-program.mjs";

const rulesFolder = join(repositoryRoot, "server/doctor/rules");

/** Each rule's folder, by its id: rules/<stage>/<id>. */
const folders = new Map(
  readdirSync(rulesFolder).flatMap((stage) =>
    readdirSync(join(rulesFolder, stage), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [name, join(rulesFolder, stage, name)] as const),
  ),
);
function folderOf(rule: string): string {
  const folder = folders.get(rule);
  if (folder === undefined) throw new Error(`no rule is called ${rule}`);
  return folder;
}

const requestParts = z.strictObject({
  method: z.string().optional(),
  /** After the script's path: "/extra?a=1". */
  target: z.string().optional(),
  headers: z.array(z.string()).optional(),
  /** Content-Length is added where `headers` say nothing of it. */
  body: z.string().optional(),
  /** A body of this many bytes instead. */
  bodyBytes: z.number().optional(),
  /**
   * The request's bytes as a binary string, instead of all above. "{path}" is the
   * script's path, "{x*100}" a hundred times "x".
   */
  raw: z.string().optional(),
  /** The script's name in cgi-bin instead of its own. */
  as: z.string().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});
/** `case.json` beside the scripts, where they need more than a GET. */
const ruleCase = requestParts.extend({
  failing: requestParts.optional(),
  healthy: requestParts.optional(),
  /** Programs without which the scripts cannot run. */
  needs: z.array(z.string()).optional(),
  /** What must be in the finding, beside its rule. */
  expect: z
    .strictObject({
      range: z.tuple([z.number(), z.number()]).optional(),
      line: z.number().optional(),
      evidence: z.array(evidence).optional(),
      fixes: z.array(z.string()).optional(),
    })
    .optional(),
  /** Hints that the healthy twin has all the same. */
  hints: z.array(z.string()).optional(),
});
export type RuleCase = z.infer<typeof ruleCase>;

/** Rules that come with scripts, by folder. */
export const rulesWithScripts = (): string[] => ruleFolders().filter((rule) => scriptOf(rule, "failing") !== null);
export const ruleFolders = (): string[] => [...folders.keys()].sort();

export function caseOf(rule: string): RuleCase {
  const file = join(folderOf(rule), "case.json");
  return existsSync(file) ? ruleCase.parse(JSON.parse(readFileSync(file, "utf8"))) : {};
}

/** Which of the programs a case needs are not there. */
export const missingPrograms = (rule: string, script = scriptOf(rule, "failing")): string[] => {
  const language = { py: "python3", pl: "perl", php: "php-cgi", rb: "ruby", lua: "lua", tcl: "tclsh" }[
    script?.slice(script.lastIndexOf(".") + 1) ?? ""
  ];
  return [...(caseOf(rule).needs ?? []), ...(language === undefined ? [] : [language])].filter(
    (name) => findProgram(name) === null,
  );
};

/**
 * The script that a fix is tried on: the failing one, or one named after the fix where
 * the rule's failing one has another cause.
 */
export const scriptToFix = (rule: string, fix: string): string | null =>
  readdirSync(folderOf(rule)).find((name) => name.startsWith(`${fix}.`)) ?? scriptOf(rule, "failing");

export function scriptOf(rule: string, which: "failing" | "healthy"): string | null {
  return readdirSync(folderOf(rule)).find((name) => name.startsWith(`${which}.`)) ?? null;
}

/** A script of a rule as a file, and the request that goes to it. */
export interface CaseRequest {
  /** Its name in cgi-bin. */
  readonly name: string;
  readonly source: Buffer;
  readonly executable: boolean;
  /** What stands beside it: name and content. */
  readonly beside: readonly (readonly [string, Buffer])[];
  readonly method: string;
  /** After the script's path. */
  readonly target: string;
  /** "Name: value", with Content-Length where there is a body. */
  readonly headers: readonly string[];
  readonly body: string;
  /** See `raw` of the case. */
  readonly raw: string | null;
}

/** The bytes of a case's request to the script at `path`, as a binary string. */
export const wireOf = ({ raw, method, target, headers, body }: CaseRequest, path: string): string =>
  raw?.replace("{path}", path).replace(/\{x\*(\d+)\}/, (_, times: string) => "x".repeat(Number(times))) ??
  request(method, path + target, ["Connection: close", ...headers], body);

/** `script`: a file in the rule's folder instead of the one named after `which`. */
export function requestOf(rule: string, which: "failing" | "healthy", script = scriptOf(rule, which)): CaseRequest {
  const it = caseOf(rule);
  const { method = "GET", target = "", headers = [], bodyBytes, raw = null, as, ...rest } = { ...it, ...it[which] };
  const body = bodyBytes === undefined ? rest.body : "x".repeat(bodyBytes);
  if (script === null) throw new Error(`${rule} has no ${which} script`);
  const from = join(folderOf(rule), script);
  const files = join(folderOf(rule), "files");
  const length =
    body === undefined || headers.some((header) => /^(?:content-length|transfer-encoding):/i.test(header))
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`];
  return {
    name: as ?? script,
    source: readFileSync(from),
    executable: (statSync(from).mode & 0o100) !== 0,
    beside: existsSync(files)
      ? readdirSync(files).map((extra) => [extra, readFileSync(join(files, extra))] as const)
      : [],
    method,
    target,
    headers: [...headers, ...length],
    body: body ?? "",
    raw,
  };
}

/** Sends the case's request to one of its scripts through a real gateway; the trace as it ended, with its findings. */
export async function runCase(rule: string, which: "failing" | "healthy"): Promise<TraceRecord> {
  const asked = requestOf(rule, which);
  const { name, source, executable, beside } = asked;
  await using gateway = await startGateway({ config: { ...caseOf(rule).config, ...caseOf(rule)[which]?.config } });
  gateway.file(`cgi-bin/${name}`, source);
  if (executable) gateway.folder.makeExecutable(`cgi-bin/${name}`);
  for (const [extra, content] of beside) gateway.file(`cgi-bin/${extra}`, content);
  await gateway.ask(wireOf(asked, `/cgi-bin/${name}`));
  const [trace] = await gateway.ended(1);
  if (!trace) throw new Error("no trace");
  return trace;
}
