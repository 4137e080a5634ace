// What the doctor's rules say that other servers log and answer, held against those servers: the failing
// script of each rule runs on Apache with mod_cgi, lighttpd with mod_cgi and nginx with fcgiwrap, and status
// and log must be what the rule's text says. Prints a table. What a text marks as unproved is from a
// document or a source, and is not looked for.
import { chmodSync, closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RuleInfo } from "../../server/contract/doctor-contract.js";
import { rules } from "../../server/doctor/engine/rules.js";
import { missingFor, type Peer, type PeerName, peerNames, startPeer } from "../support/peer-servers.js";
import { parseResponse, rawExchange } from "../support/raw-exchange.js";
import { type CaseRequest, missingPrograms, requestOf, rulesWithScripts, wireOf } from "../support/rule-case.js";
import { tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

type Claim = RuleInfo["logged"][number];
interface Seen {
  readonly status: number;
  readonly body: string;
  readonly log: string;
}

const page: CaseRequest = requestOf("ended-badly", "healthy");
/** Rules without a script of their own that a file, or its absence, brings about. */
const withoutScript: Readonly<Record<string, Partial<CaseRequest>>> = {
  "file-not-found": { name: "nothing.sh", source: Buffer.alloc(0) },
  "script-missing": { name: "nothing.sh", source: Buffer.alloc(0) },
  "folder-without-index": { name: "folder", source: Buffer.alloc(0) },
  "being-written": {},
};
/** Claims about what a script gets: it says so itself, instead of the rule's own script. */
const tells = '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\narguments=%s\\n" "$*"\nenv | sort\n';
const gets: Readonly<Record<string, Partial<Readonly<Record<PeerName, RegExp>>>>> = {
  "authorization-hidden": {
    Apache: /^(?![\s\S]*AUTHORIZATION=)/,
    lighttpd: /^HTTP_AUTHORIZATION=Basic YTpi$/m,
    nginx: /^REMOTE_USER=a$/m,
  },
  "body-type-missing": {
    Apache: /^(?![\s\S]*CONTENT_TYPE=.)/,
    lighttpd: /^(?![\s\S]*CONTENT_TYPE=.)/,
    nginx: /^(?![\s\S]*CONTENT_TYPE=.)/,
  },
  "chunked-body": {
    Apache: /^(?![\s\S]*CONTENT_LENGTH=)/,
    lighttpd: /^CONTENT_LENGTH=4$/m,
    nginx: /^CONTENT_LENGTH=4$/m,
  },
  "header-not-exported": {
    Apache: /^(?![\s\S]*HTTP_X_USER)/,
    lighttpd: /^HTTP_X_USER=ann$/m,
    nginx: /^(?![\s\S]*HTTP_X_USER)/,
  },
  "path-changed": { lighttpd: /^PATH_INFO=\/a\/b$/m, nginx: /^PATH_INFO=\/a\/b$/m },
  "proxy-header": {
    Apache: /^(?![\s\S]*HTTP_PROXY)/,
    lighttpd: /^(?![\s\S]*HTTP_PROXY)/,
    nginx: /^HTTP_PROXY=http:\/\/evil\.example$/m,
  },
  "query-became-arguments": { Apache: /^arguments=logout$/m, lighttpd: /^arguments=$/m, nginx: /^arguments=$/m },
  shellshock: {
    Apache: /^HTTP_USER_AGENT=\(\) \{ :;\}; echo unsafe$/m,
    lighttpd: /^HTTP_USER_AGENT=\(\) \{ :;\}; echo unsafe$/m,
    nginx: /^HTTP_USER_AGENT=\(\) \{ :;\}; echo unsafe$/m,
  },
  "user-unchecked": { lighttpd: /^(?=[\s\S]*HTTP_AUTHORIZATION=)(?![\s\S]*REMOTE_USER=)/, nginx: /^REMOTE_USER=a$/m },
  "query-option-argument": { Apache: /^arguments=-s$/m, lighttpd: /^arguments=$/m, nginx: /^arguments=$/m },
};

const cases = rules.flatMap(({ id, logged = [] }): { rule: string; asked: CaseRequest; logged: readonly Claim[] }[] => {
  if (!rulesWithScripts().includes(id))
    return withoutScript[id] ? [{ rule: id, asked: { ...page, ...withoutScript[id] }, logged }] : [];
  if (missingPrograms(id).length > 0) return [];
  const asked = requestOf(id, "failing");
  const told = gets[id] ? { ...asked, name: "tells.sh", source: Buffer.from(tells), executable: true } : asked;
  return [{ rule: id, asked: id === "path-changed" ? { ...told, target: "/a%2Fb" } : told, logged }];
});
const installed = peerNames.filter((name) => missingFor(name).length === 0);
const seen = new Map<string, Seen>();
const table = new Map<string, Map<PeerName, string>>(cases.map(({ rule }) => [rule, new Map()]));
const folder = tempFolder();

beforeAll(async () => {
  for (const { rule, asked } of cases) write(rule, asked);
  folder.write("ok.txt", "ok\n");
  await Promise.all(installed.map(askAll));
}, 280_000);
afterAll(() => {
  folder[Symbol.dispose]();
  const columns = [...table].map(([rule, row]) => [rule, ...peerNames.map((name) => row.get(name) ?? "-")]);
  const widths = [30, 24, 24, 24];
  const lines = [["rule", ...peerNames], ...columns].map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("")
      .trimEnd(),
  );
  process.stdout.write(`\n${lines.join("\n")}\n`);
});

function write(rule: string, { name, source, executable, beside }: CaseRequest): void {
  const where = folder.file(`cgi-bin/${rule}`);
  mkdirSync(where, { recursive: true });
  for (const path of [folder.file("cgi-bin"), where]) chmodSync(path, 0o755);
  if (name === "folder") mkdirSync(`${where}/${name}`);
  else if (source.length > 0 || rulesWithScripts().includes(rule))
    writeFileSync(`${where}/${name}`, source, { mode: executable ? 0o755 : 0o644 });
  for (const [extra, content] of beside) writeFileSync(`${where}/${extra}`, content, { mode: 0o644 });
}

async function askAll(name: PeerName): Promise<void> {
  await using peer = await startPeer(name, folder.path);
  for (const { rule, asked, logged } of cases)
    seen.set(`${name} ${rule}`, await ask(peer, rule, asked, claimsOf(logged, name)));
}

/** lighttpd says how a script died up to a second later. What never comes, in several tries, is told by the test. */
const tries = 3;
const patienceMs = 5000;

async function ask(peer: Peer, rule: string, asked: CaseRequest, claims: readonly Claim[]): Promise<Seen> {
  const expected = claims.filter(({ message }) => message !== null);
  for (let n = 1; ; n++) {
    const { log, ...answer } = await askOnce(peer, rule, asked);
    const seen = (): Seen => ({ ...answer, log: log() });
    const isAll = (): boolean => expected.every((claim) => isSaid(claim, seen()));
    // lighttpd does not log every signal: of a hundred scripts that crash alike, about one is missing.
    const isLogged = await waitFor("the log", isAll, patienceMs).catch(() => false);
    if (isLogged || n === tries) return seen();
  }
}

async function askOnce(
  peer: Peer,
  rule: string,
  asked: CaseRequest,
): Promise<Omit<Seen, "log"> & { readonly log: () => string }> {
  const path = `/cgi-bin/${rule}/${asked.name}`;
  const writer = rule === "being-written" ? openSync(folder.file(path.slice(1)), "a") : null;
  const log = peer.listen();
  const wire = await rawExchange(peer.port, wireOf(asked, path));
  if (writer !== null) closeSync(writer);
  const { status, body } = wire.includes("\r\n\r\n") ? parseResponse(wire) : { status: 0, body: wire };
  return { status, body: body.toString("latin1"), log };
}

/** What runs behind a server: nginx's log and page have fcgiwrap's words too, and lighttpd passes on what php says. */
const carried: Readonly<Partial<Record<PeerName, Claim["server"]>>> = { nginx: "fcgiwrap", lighttpd: "php" };
const claimsOf = (logged: readonly Claim[], name: PeerName): Claim[] =>
  logged.filter(({ server, unproved }) => !unproved && (server === name || server === carried[name]));

describe.each(peerNames)("%s", (name) => {
  const missing = missingFor(name);
  describe.skipIf(missing.length > 0)(missing.length > 0 ? `needs ${missing.join(", ")}` : "as it is", () => {
    test.each(cases)("$rule", ({ rule, logged }) => {
      const claims = claimsOf(logged, name);
      const got = seen.get(`${name} ${rule}`);
      if (!got) throw new Error(`${name} was not asked for ${rule}`);
      const wrong = differences(claims, got);
      const told = gets[rule]?.[name];
      if (told && !told.test(got.body)) wrong.push(`the script did not get ${told.source}`);
      const isCompared =
        claims.some(({ message, response }) => message !== null || /^\d{3}\b/.test(response ?? "")) ||
        told !== undefined;
      table
        .get(rule)
        ?.set(
          name,
          wrong.length > 0
            ? "WRONG"
            : claims.length === 0
              ? "nothing claimed"
              : isCompared
                ? "as claimed"
                : "silent, as claimed",
        );
      expect(wrong, `${got.status}\n${got.body.slice(0, 300)}\n${got.log.slice(0, 2000)}`).toEqual([]);
    });
  });
});

function differences(claims: readonly Claim[], got: Seen): string[] {
  const wrong = claims.flatMap((claim) => {
    const statuses: readonly string[] = claim.response?.match(/\b[2-5]\d\d\b/g) ?? []; // several: it depends
    return [
      ...(statuses.length > 0 && !statuses.includes(String(got.status))
        ? [`answers ${got.status}, not ${statuses.join(" or ")}`]
        : []),
      ...(claim.message !== null && !isSaid(claim, got) ? [`does not say: ${claim.message}`] : []),
    ];
  });
  const isSilent = claims.length > 0 && claims.every(({ message }) => message === null);
  const complaints = got.log
    .split("\n")
    .filter((line) => complaint.test(line) && !/AH01215|FastCGI sent in stderr/.test(line));
  return isSilent && complaints.length > 0 ? [...wrong, `is not silent: ${complaints.join("\n")}`] : wrong;
}

/** A line by which a server complains: Apache and nginx say how grave it is, lighttpd where in its source it stands. */
const complaint = /:(?:warn|error|crit)\]|\[(?:warn|error|crit|alert)\]|\(\w[\w.-]*\.c\.\d+\)/;

const isSaid = ({ server, message }: Claim, { log, body }: Seen): boolean =>
  message === null ||
  patternOf(message).test(server === "fcgiwrap" || server === "php" ? `${log}\n${body.replace(/<[^>]*>/g, "")}` : log);

/** The message with anything in place of its stand-ins. */
function patternOf(message: string): RegExp {
  const parts: Readonly<Record<string, string>> = {
    S: "\\S+",
    U: "\\S+",
    N: "\\d+",
    n: "\\d+",
    NAME: "\\S+",
    TEXT: ".*?",
    PATH: "[^']+",
    "...": "[\\s\\S]*?",
  };
  const source = message.replace(
    /\.\.\.|\b[A-Za-z]+\b|[^\w\s]|\s+/g,
    (part) => parts[part] ?? (/^\s+$/.test(part) ? "\\s+" : part.replace(/[^\w]/, "\\$&")),
  );
  return new RegExp(source);
}
