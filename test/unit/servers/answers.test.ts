// What single profiles say of an output, where the real servers' responses do not show it.
import { expect, test } from "vitest";
import { latin1 } from "../../../server/protocol/byte-string.js";
import { busyboxAnswer } from "../../../server/servers/busybox.js";
import { environmentOf } from "../../../server/servers/environment.js";
import { environments } from "../../../server/servers/environments.js";
import { goAnswer } from "../../../server/servers/go.js";
import { lighttpdAnswer } from "../../../server/servers/lighttpd.js";

const run = {
  method: latin1("GET"),
  target: latin1("/cgi-bin/x"),
  httpVersion: "1.1",
  headers: [],
  bodyBytes: 0,
  scriptName: latin1("/cgi-bin/x"),
  pathInfo: latin1(""),
  file: latin1("/w/cgi-bin/x"),
  root: latin1("/w"),
  client: { address: "127.0.0.1", port: 1 },
  serverPort: "80",
  hostName: "here",
  failure: null,
  stdout: latin1(""),
  stderr: latin1(""),
};

test.each([
  ["SIGSEGV", 11],
  ["SIGBUS", 7],
  ["SIGILL", 4],
  ["SIGXCPU", 24],
])("lighttpd logs that a script died of %s", (signal, number) => {
  expect(lighttpdAnswer({ ...run, signal })).toMatchObject({ log: [`CGI pid n died with signal ${number}`] });
});

test.each([
  ["Status: 404 Not Found\nLocation: /x\n\n", 404, "sends-status"],
  ["Location: http://a/\n\n", 302, "sends-found"],
])("Go and lighttpd take the script's status before a Location's: %j", (stdout, status, code) => {
  for (const answer of [goAnswer, lighttpdAnswer])
    expect(answer({ ...run, signal: null, stdout: latin1(stdout) })).toMatchObject({ status, why: { code } });
});

test("BusyBox runs a script for any method", () => {
  const asked = { ...run, signal: null, method: latin1("PATCH"), stdout: latin1("Content-Type: text/plain\n\nx") };
  expect(busyboxAnswer(asked)).toMatchObject({ status: 200, body: "x" });
});

test("lighttpd normalizes the query, and nobody else does", () => {
  const asked = { ...run, signal: null, target: latin1('/cgi-bin/x?a=%41%7e%2f<x>"|+%zz') };
  const of = (id: "lighttpd" | "apache") => environmentOf(environments[id], asked).get("QUERY_STRING");
  expect([of("lighttpd"), of("apache")]).toEqual(["a=A~%2F%3Cx%3E%22%7C+%25zz", 'a=%41%7e%2f<x>"|+%zz']);
});
