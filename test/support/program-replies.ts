// What a packaged program answers behind one server, in a form that can be held against its answer behind another one:
// without ports, times and the server's name.
import type { ProgramSet } from "./program-sets.js";
import { parseResponse, rawExchange } from "./raw-exchange.js";

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly location: string;
  readonly body: string;
}

/** Programs print the date: if midnight came meanwhile, both servers are asked once more. */
export async function onOneDay<T>(ask: () => Promise<T>): Promise<T> {
  const before = today();
  const replies = await ask();
  return today() === before ? replies : onOneDay(ask);
}

/** Here and in UTC. */
function today(): string {
  const now = new Date();
  return `${now.toDateString()}, ${now.toISOString().slice(0, 10)}`;
}

export async function reply(
  port: number,
  wire: string,
  { ranFor }: ProgramSet,
  ports: readonly number[],
): Promise<Reply> {
  const { status, head, body } = parseResponse(await rawExchange(port, wire));
  const text = body.toString("latin1");
  const isOwn = status >= 300 && isServersOwn(text);
  const shown = ranFor === null ? text : text.replace(ranFor, "DURATION");
  const field = (name: string): string => new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
  return {
    status,
    type: status >= 400 || isOwn ? "" : field("content-type").toLowerCase(),
    location: masked(field("location").replace(/^http:\/\/localhost(?=\/)/, ""), ports), // or the whole URL
    // the pages of errors and redirects are each server's own, and say the same in other words
    body: isOwn ? "(the server's own page)" : masked(shown, ports),
  };
}

const isServersOwn = (body: string): boolean => /<!DOCTYPE HTML PUBLIC|This page comes from CGI Workbench/.test(body);

/**
 * Without what differs between two requests to the same server: the ports, times,
 * numbers of processes and long random words.
 */
const masked = (text: string, ports: readonly number[]): string =>
  text
    .replace(new RegExp(`\\b(?:${ports.join("|")})\\b`, "g"), "PORT") // not within a colour, such as #112233
    .replace(/\b\d+:\d+(:\d+)?/g, "TIME")
    .replace(/\b[0-9a-f]{16,}\b|\b\d{9,}\b/gi, "NUMBER")
    .replace(/nonce="[^"]*"|-[a-z]{12}(?=["'-])/g, "NONCE")
    .replace(/\d+(\.\d+)? *(ms|seconds|sec|s)\b/g, "DURATION")
    .replace(/^.*(?:CGI Workbench|Apache\/).*$/gm, "(the server's name)");

export const isSame = ({ ours, apache }: { readonly ours: Reply; readonly apache: Reply }): boolean =>
  JSON.stringify(ours) === JSON.stringify(apache);

/** What only the first one has: a test's output shows the first lines of a failure alone. */
export const linesWithout = (one: Reply, other: Reply): string[] => {
  const others = new Set(linesOf(other));
  return linesOf(one).filter((line) => !others.has(line));
};
const linesOf = ({ status, type, location, body }: Reply): string[] => [
  ...[`status ${status}`, `type ${type}`, `location ${location}`],
  ...body.split("\n"),
];
