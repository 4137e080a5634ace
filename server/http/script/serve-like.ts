// Serving as another server would: the script gets that server's variables, and the client what that server would make
// of the whole output. What its profile does not know is served as usual.
import { byteString, latin1, toBytes } from "../../protocol/byte-string.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";
import type { Answer } from "../../servers/answer.js";
import { serverMessage } from "../../servers/messages.js";
import type { ServerProfile } from "../../servers/profiles.js";
import { runOf, startFailure } from "../../trace/recorded-run.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import type { ScriptInvocation } from "./script-inputs.js";

/** What is not of the request: a configuration's, the composer's, what the workbench passes on. */
const kept = new Set<MetaVariable["source"]>(["config", "inherited", "composer", "held"]);
/** Whoever signed in here would have signed in there; the folder asked for the header; and mail is caught as usual. */
const keptNames: ReadonlySet<string> = new Set(
  "REMOTE_USER AUTH_TYPE HTTP_AUTHORIZATION PATH PHP_INI_SCAN_DIR".split(" "),
);

/** `given`: what the script would get here. */
export function variablesLike(
  profile: ServerProfile,
  { trace, route }: ScriptInvocation,
  given: readonly MetaVariable[],
): readonly MetaVariable[] {
  const own = new Map(given.map((variable) => [variable.name, variable]));
  const made = profile.environment(runOf(trace, route.documentRoot, null, given));
  const theirs = [...made].map(([name, value]): MetaVariable => {
    const mine = own.get(latin1(name));
    return mine && (mine.value === value || kept.has(mine.source))
      ? mine
      : { name: latin1(name), value: latin1(value), source: mine?.source ?? "server" };
  });
  const isKept = ({ name, source }: MetaVariable): boolean => kept.has(source) || keptNames.has(name);
  return [...theirs, ...given.filter((variable) => isKept(variable) && !made.has(variable.name))];
}

/** Null: its output is not known as a whole, or what the server makes of it is not. */
export function answerLike(
  profile: ServerProfile,
  { trace, route }: ScriptInvocation,
): (Answer & { isKnown: true }) | null {
  const { stdout } = trace;
  const failure = startFailure(trace);
  if (failure === null && stdout !== null && stdout.captured < stdout.bytes) return null;
  const answer = profile.answer(runOf(trace, route.documentRoot, failure));
  return answer.isKnown ? answer : null;
}

export function respondLike(
  { name }: ServerProfile,
  exchange: HttpExchange,
  trace: TraceRecord,
  { status, headers, body, why }: Answer & { isKnown: true },
): void {
  exchange.setNote(serverMessage("served-like", { name }), trace);
  const bytes = toBytes(body);
  if (status === null || status >= 500) exchange.setOutcome("invalid-output", why, trace);
  if (status === null) {
    const raw = exchange.respondRaw(trace);
    raw.write(toBytes(byteString(headers.map(([name, value]) => `${name}: ${value}\r\n`).join(""))));
    raw.write(bytes);
    raw.end();
  } else {
    const named = headers.map(([name, value]) => [latin1(name), latin1(value)] as const);
    const outgoing = exchange.respond({ status, reason: byteString(""), headers: named }, bytes.length);
    outgoing.write(bytes);
    outgoing.end();
  }
}
