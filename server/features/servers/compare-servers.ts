// What each server would have done with a trace's request, for the window and the command line.
import { toBytesText, toDisplayText } from "../../base/decode-text.js";
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import { type ServerAnswer, type ServerComparison, shownBodyBytes } from "../../contract/servers-contract.js";
import { latin1, toBytes } from "../../protocol/byte-string.js";
import { known, unknown } from "../../servers/answer.js";
import type { Environment } from "../../servers/environment.js";
import { serverMessage } from "../../servers/messages.js";
import { suexecRefusals, type User, unusableFiles } from "../../servers/permissions.js";
import { profiles, type ServerProfile } from "../../servers/profiles.js";
import type { ServerRun } from "../../servers/server-run.js";
import { recordedRun } from "../../trace/recorded-run.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type RequestedFiles, requestedFiles } from "./disk-facts.js";

/** A page of a script that forgot its headers may be as many of them. */
const maxShown = 500;

/** `root`: of the open folder. `bodyBytes`: how much of each body is given back. */
export async function compareServers(
  trace: TraceRecord,
  root: ByteString,
  bodyBytes = shownBodyBytes,
): Promise<ServerComparison> {
  const run = recordedRun(trace, root);
  const files = await requestedFiles(trace, root);
  const servers = profiles.map((profile): ServerAnswer => {
    const { answer: predict, environment, isDocumented, ...server } = profile;
    const answer = isRun(run) ? predict(run) : unknown(run);
    const { why } = answer;
    const { status, headers, body, log } = answer.isKnown ? answer : known({ status: null, why });
    return {
      ...server,
      seen: false,
      isKnown: answer.isKnown,
      status,
      why,
      unseen: isDocumented ? serverMessage("not-started-here") : null,
      headers: headers.slice(0, maxShown).map(([field, value]) => [textOf(field), textOf(value)]),
      body: { bytes: body.length, base64: Buffer.from(toBytes(latin1(body.slice(0, bodyBytes)))).toString("base64") },
      log: log.slice(0, maxShown).map((sentence) => toDisplayText(latin1(sentence))),
      environment: isRun(run) ? shownOf(environment(run)) : [],
      unusable: unusableFiles(files.needs, userOf(profile, files), files),
      suexec: profile.id === "apache" && trace.route.kind === "script" ? suexecRefusals(files.script, files) : [],
    };
  });
  return { servers, here: trace.env?.map(({ name, value }) => [toDisplayText(name), toBytesText(value)]) ?? null };
}

const userOf = ({ runs: { user } }: ServerProfile, { users, self }: RequestedFiles): User =>
  user === null ? self : (users.get(user) ?? { name: user, uid: null, groups: [] });

const isRun = (run: ReturnType<typeof recordedRun>): run is ServerRun => "stdout" in run;
const textOf = (text: string): BytesText => toBytesText(latin1(text));
const shownOf = (environment: Environment): [string, BytesText][] =>
  [...environment]
    .map(([name, value]): [string, BytesText] => [toDisplayText(latin1(name)), textOf(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
