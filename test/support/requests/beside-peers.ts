// What Apache, lighttpd, nginx and our gateway make of the same requests, each
// with one production of the grammar changed.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { startGateway } from "../gateway.js";
import { type PeerName, peerNames, startPeer } from "../peer-servers.js";
import { tempFolder } from "../temp-workspace.js";
import { type Answer, ask, sawProgram } from "./ask-peer.js";
import { generateWith, productions } from "./generate.js";
import type { Production } from "./mutations.js";

export const servers = ["ours", ...peerNames] as const;
export type Server = (typeof servers)[number];

export interface Asked {
  readonly n: number;
  readonly production: Production | "valid";
  readonly bytes: string;
}

/** For each server: what came of a request and of the one behind it. */
export type Outcome = Readonly<Record<Server, string>>;

const folderOfScript = "cgi-bin/p";
const site = { path: `/${folderOfScript}/saw`, host: "localhost" };
const behind = `GET ${site.path}?behind HTTP/1.1\r\nHost: ${site.host}\r\nConnection: close\r\n\r\n`;
/** What the script sees of that: as each server shows it for a valid request. */
const sawBehind = `saw ${[sumOf("GET"), sumOf("behind"), sumOf("")].join(" ")}`;
/** Open at the same time, to each server. */
const connections = 6;
/** A gateway of the tests remembers each trace. */
const requestsPerGateway = 2500;

/** Each production in turn, and a valid request once a round. */
export function requestsToAsk(seed: number, count: number): Asked[] {
  return Array.from({ length: count }, (_, n) => {
    const production = productions[(n % (productions.length + 1)) - 1] ?? null;
    const { bytes } = generateWith(seed, n, production, site);
    return { n, production: production ?? "valid", bytes };
  });
}

/** Needs all three servers and a C compiler. */
export async function askAll(requests: readonly Asked[]): Promise<Outcome[]> {
  using folder = tempFolder();
  mkdirSync(folder.file(folderOfScript), { recursive: true });
  for (const path of ["cgi-bin", folderOfScript]) chmodSync(folder.file(path), 0o755);
  const program = folder.file(`${folderOfScript}/saw`);
  execFileSync("cc", ["-O1", "-static", "-x", "c", "-o", program, "-"], { input: sawProgram });
  chmodSync(program, 0o755);
  const [ours, ...theirs] = await Promise.all([
    askOurs(requests, program),
    ...peerNames.map((name) => askPeer(name, folder.path, requests)),
  ]);
  return requests.map((_, n) => ({
    ours: ours[n] ?? "",
    Apache: theirs[peerNames.indexOf("Apache")]?.[n] ?? "",
    lighttpd: theirs[peerNames.indexOf("lighttpd")]?.[n] ?? "",
    nginx: theirs[peerNames.indexOf("nginx")]?.[n] ?? "",
  }));
}

async function askPeer(name: PeerName, folder: string, requests: readonly Asked[]): Promise<string[]> {
  await using peer = await startPeer(name, folder, { answersHalfClosed: true });
  return await askEach(peer.port, requests); // before the peer ends
}

async function askOurs(requests: readonly Asked[], program: string): Promise<string[]> {
  const results: string[] = [];
  for (let from = 0; from < requests.length; from += requestsPerGateway) {
    await using gateway = await startGateway({ captureBytes: 4096 });
    gateway.folder.makeFolder(folderOfScript);
    gateway.folder.copyIn(`${folderOfScript}/saw`, program);
    gateway.folder.makeExecutable(`${folderOfScript}/saw`);
    results.push(...(await askEach(gateway.port, requests.slice(from, from + requestsPerGateway))));
  }
  return results;
}

async function askEach(port: number, requests: readonly Asked[]): Promise<string[]> {
  const results: string[] = [];
  let next = 0;
  const askSome = async () => {
    for (let n = next++; n < requests.length; n = next++)
      results[n] = outcomeOf(await ask(port, Buffer.from(`${requests[n]?.bytes}${behind}`, "latin1")));
  };
  await Promise.all(Array.from({ length: connections }, askSome));
  return results;
}

/** "saw …" for what reached the script, the status otherwise; "closed" where the connection ended without an answer. */
const outcomeOf = (answers: readonly Answer[] | null): string =>
  answers === null
    ? "not closed"
    : answers.map(({ status, saw }) => (saw === null ? String(status) : `saw ${saw}`)).join(", ") || "closed";

/**
 * What is compared: each request that reached the script, with what that saw, up to the first one that did not, with
 * the class of its status. A connection that is closed without an answer is a refusal, since a reset may overtake one.
 */
export function comparable(outcome: string): string {
  const parts = outcome.split(", ");
  const refused = parts.findIndex((part) => !part.startsWith("saw"));
  if (refused < 0) return outcome;
  const last = parts[refused] ?? "";
  return [...parts.slice(0, refused), last === "closed" ? "4xx" : last.replace(/\d\d$/, "xx")].join(", ");
}

/** How outcomes are printed: without what a script saw. */
export const shown = (outcome: string): string => outcome.replace(/saw [^,]*/g, "served");

/** Whether what followed a refusal on a kept connection, if anything did, is the request behind it and nothing else. */
export function goesOnRight(outcome: string): boolean {
  const parts = outcome.split(", ");
  const refused = parts.findIndex((part) => !part.startsWith("saw"));
  const after = refused < 0 ? [] : parts.slice(refused + 1);
  return after.length === 0 || (after.length === 1 && after[0] === sawBehind);
}

/** As `sawProgram` sums. */
function sumOf(text: string): string {
  let sum = 5381n;
  for (const character of text) sum = BigInt.asUintN(64, sum * 33n + BigInt(character.charCodeAt(0)));
  return `${text.length}.${sum}`;
}
