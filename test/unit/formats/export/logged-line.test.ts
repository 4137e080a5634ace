// Messages of other servers with the script's own path, process and words.
import { expect, test } from "vitest";
import { rules } from "../../../../server/doctor/engine/rules.js";
import { loggedLine } from "../../../../server/formats/export/logged-line.js";

const script = {
  file: "/w/cgi-bin/x.py",
  target: "/x?a=1",
  pid: 42,
  signal: "SIGABRT",
  said: "KeyError: 'a'",
  line: 3,
};
const unknown = { file: null, target: "U", pid: null, signal: null, said: null, line: null };

test.each([
  ["AH01215: stderr from S: TEXT", "AH01215: stderr from /w/cgi-bin/x.py: KeyError: 'a'"],
  [
    "AH01215: stderr from S: ModuleNotFoundError: No module named 'NAME'",
    "AH01215: stderr from /w/cgi-bin/x.py: KeyError: 'a'",
  ],
  [
    "AH01215: stderr from S: TEXT at S line N.",
    "AH01215: stderr from /w/cgi-bin/x.py: KeyError: 'a' at /w/cgi-bin/x.py line 3.",
  ],
  ['FastCGI sent in stderr: "...NAME: not found"', `FastCGI sent in stderr: "KeyError: 'a'"`],
  ["End of script output before headers: S", "End of script output before headers: x.py"],
  ["CGI pid n died with signal 11", "CGI pid 42 died with signal 6"],
  [
    "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
    "AH01215: stderr from /w/cgi-bin/x.py: (13)Permission denied: exec of '/w/cgi-bin/x.py' failed",
  ],
  ["AH01215: stderr from S: SyntaxError: TEXT", "AH01215: stderr from /w/cgi-bin/x.py: KeyError: 'a'"],
  ["read timeout on CGI: S (pid: n)", "read timeout on CGI: /w/cgi-bin/x.py (pid: 42)"],
  ["response headers too large for U", "response headers too large for /x"],
  ["client sent invalid header line: TEXT", "client sent invalid header line: TEXT"],
])("%s", (message, line) => {
  expect(loggedLine(message, script)).toBe(line);
});

test("what the script wrote is as the server's profile predicts it", () => {
  const message = "malformed header from script 'S': Bad header: TEXT";
  const predicted = [
    "End of script output before headers: x.py",
    "malformed header from script 'x.py': Bad header: <p>",
  ];
  expect(loggedLine(message, script, predicted)).toBe(predicted[1]);
  expect(loggedLine(message, script, predicted.slice(0, 1))).toBe(
    "malformed header from script 'x.py': Bad header: TEXT",
  );
});

test("the script's own words stay as they are", () => {
  const said = "S: pid n, line N, TEXT, signal 11";
  for (const message of ["AH01215: stderr from S: TEXT", "AH01215: stderr from S: No module named 'NAME'"])
    expect(loggedLine(message, { ...script, said })).toBe(`AH01215: stderr from /w/cgi-bin/x.py: ${said}`);
});

test("what is not known stays as it is, in every message of the rules", () => {
  const messages = rules.flatMap(({ logged = [] }) => logged.flatMap(({ message }) => message ?? []));
  expect(messages.length).toBeGreaterThan(50);
  for (const message of messages) expect(loggedLine(message, unknown)).toBe(message);
  for (const message of messages) expect(loggedLine(message, script)).not.toMatch(/\bpid:? n\b|\bU\b|from S\b|'S'/);
});
