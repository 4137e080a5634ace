// Scripts whose cause lies outside of the request, and the touch that names it.
import type { Mode } from "../../server/contract/modes.js";
import type { Touch } from "../../server/contract/touched.js";
import { plain } from "./fastcgi-gateway.js";
import type { TestGateway } from "./gateway.js";

/** The response to a request for /x.cgi whose script is watched. */
export async function askTouched(gateway: TestGateway, isTouched = true, mode: Mode | null = null): Promise<string> {
  const client = await gateway.connect();
  const override = { from: "composer", mode, variables: new Map(), parent: null, onTrace: () => {} } as const;
  gateway.overrides.register(client.socket, { ...override, isTouched });
  client.send(plain("GET", "/x.cgi"));
  return client.rest();
}

export interface TouchedScript {
  readonly what: string;
  /** Programs that the script needs. */
  readonly needs: readonly string[];
  /** With its first line; C has none. */
  readonly text: string;
  /** Further files: their texts, null for a folder. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly modes?: Readonly<Record<string, number>>;
  /** The touch that must be listed; `name` ends so. */
  readonly names: Partial<Omit<Touch, "name">> & { readonly name: string };
}

const head = "Content-Type: text/plain\n\n";
const py = (text: string): string =>
  `#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n", flush=True)\n${text}\n`;
const perl = (text: string): string => `#!/usr/bin/perl\n$| = 1; print "Content-Type: text/plain\\n\\n";\n${text}\n`;
const sh = (text: string): string => `#!/bin/sh\nprintf '${head.replaceAll("\n", "\\n")}'\n${text}\n`;
const php = (text: string): string => `#!/usr/bin/env php-cgi\n<?php header("Content-Type: text/plain");\n${text}\n`;
const ruby = (text: string): string =>
  `#!/usr/bin/env ruby\n$stdout.sync = true; print "Content-Type: text/plain\\n\\n"\n${text}\n`;
const c = (body: string, includes = ""): string =>
  `#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n${includes}\nint main(void) { printf("Content-Type: text/plain\\n\\n"); fflush(stdout);\n${body}\nreturn 0; }\n`;
/** What the superuser may do, another user may not. */
const asOther = { py: "import os\nif os.getuid() == 0: os.setuid(65534)", perl: "$) = 65534; $> = 65534 if $> == 0;" };

export const touchedScripts: readonly TouchedScript[] = [
  {
    what: "Python reads beside another folder",
    needs: ["python3"],
    text: py('try: open("data/list.txt")\nexcept OSError as e: print("none")'),
    names: { did: "read", errno: "ENOENT", name: "/data/list.txt", given: "data/list.txt" },
  },
  {
    what: "Python loads a shared library that is missing",
    needs: ["python3"],
    text: py('import ctypes\ntry: ctypes.CDLL("libworkbenchmissing.so.3")\nexcept OSError: print("none")'),
    names: { did: "read", errno: "ENOENT", name: "/libworkbenchmissing.so.3" },
  },
  {
    what: "Python may not read a file",
    needs: ["python3"],
    text: py(`${asOther.py}\ntry: open("secret.txt")\nexcept OSError as e: print(e.errno)`),
    files: { "secret.txt": "x" },
    modes: { "secret.txt": 0o000 },
    names: { did: "read", errno: "EACCES", name: "/secret.txt" },
  },
  {
    what: "Python looks up a host name that is none",
    needs: ["python3"],
    text: py('import socket\ntry: socket.getaddrinfo("db.workbench.invalid", 3306)\nexcept OSError: print("none")'),
    names: { did: "resolved", name: "db.workbench.invalid" },
  },
  {
    what: "Python connects to a port where nothing listens",
    needs: ["python3"],
    text: py('import socket\ntry: socket.create_connection(("127.0.0.1", 1), 2)\nexcept OSError: print("none")'),
    names: { did: "connected", errno: "ECONNREFUSED", name: "127.0.0.1:1" },
  },
  {
    what: "Python waits for a server that accepts nothing",
    needs: ["python3"],
    text: py(
      "import socket\nserver = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(0)\nfull = []\nfor n in range(4):\n  one = socket.socket(); one.settimeout(0.15); full.append(one)\n  try: one.connect(server.getsockname())\n  except OSError: print('slow'); break",
    ),
    names: { did: "connected", errno: "ETIMEDOUT", name: "" },
  },
  {
    what: "Python connects to a socket that is not there",
    needs: ["python3"],
    text: py(
      'import socket\ntry: socket.socket(socket.AF_UNIX).connect("/tmp/no-mysqld.sock")\nexcept OSError: print("none")',
    ),
    names: { did: "connected", errno: "ENOENT", name: "/tmp/no-mysqld.sock" },
  },
  {
    what: "Python starts a program that is missing",
    needs: ["python3"],
    text: py('import subprocess\ntry: subprocess.run(["wkhtmltonothing", "x"])\nexcept OSError: print("none")'),
    names: { did: "started", errno: "ENOENT", name: "/wkhtmltonothing" },
  },
  {
    what: "Python's child dies of a signal",
    needs: ["python3"],
    text: py("import os\npid = os.fork()\nif pid == 0: os.kill(os.getpid(), 11)\nos.waitpid(pid, 0)"),
    names: { did: "started", signal: "SIGSEGV", name: "" },
  },
  {
    what: "Python waits for a lock",
    needs: ["python3"],
    text: py(
      "import fcntl, os, time\nfirst = open('lock', 'w'); fcntl.flock(first, fcntl.LOCK_EX)\nsecond = open('lock')\ntry: fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)\nexcept OSError: print('held')",
    ),
    names: { did: "locked", errno: "EAGAIN", name: "/lock" },
  },
  {
    what: "Perl requires a module that is missing",
    needs: ["perl"],
    text: perl("eval { require Work::Bench::Missing }; print $@ ? 'none' : 'there';"),
    names: { errno: "ENOENT", name: "/Missing.pm" },
  },
  {
    what: "Perl opens a template in the wrong folder",
    needs: ["perl"],
    text: perl("open(my $f, '<', '../templates/page.html') or print 'none';"),
    names: { did: "read", errno: "ENOENT", name: "/templates/page.html", given: "../templates/page.html" },
  },
  {
    what: "Perl may not write",
    needs: ["perl"],
    text: perl(`${asOther.perl} open(my $f, '>>', 'log.txt') or print 'none';`),
    files: { "log.txt": "x" },
    modes: { "log.txt": 0o444 },
    names: { did: "wrote", errno: "EACCES", name: "/log.txt" },
  },
  {
    what: "Perl pipes into a sendmail that is missing",
    needs: ["perl"],
    text: perl("open(my $m, '|-', '/usr/sbin/no-sendmail', '-t') or print 'none';"),
    names: { did: "started", errno: "ENOENT", name: "/usr/sbin/no-sendmail" },
  },
  {
    what: "Perl changes into a folder that is none",
    needs: ["perl"],
    text: perl("chdir('/var/no-such-place') or print 'none';"),
    names: { did: "entered", errno: "ENOENT", name: "/var/no-such-place" },
  },
  {
    what: "Perl's program fails",
    needs: ["perl"],
    text: perl("system('/bin/sh', '-c', 'exit 7'); print $? >> 8;"),
    names: { did: "started", exitCode: 7, name: "/sh" },
  },
  {
    what: "a shell script's command is missing",
    needs: ["sh"],
    text: sh("uciworkbench get network.lan.ipaddr || true"),
    names: { did: "looked", errno: "ENOENT", name: "/uciworkbench" },
  },
  {
    what: "a shell script reads a missing configuration",
    needs: ["sh"],
    text: sh("[ -r /etc/workbench.conf ] || echo none"),
    names: { did: "looked", errno: "ENOENT", name: "/etc/workbench.conf" },
  },
  {
    what: "a shell script's cat finds nothing",
    needs: ["sh"],
    text: sh("cat data.csv || true"),
    names: { did: "read", errno: "ENOENT", name: "/data.csv" },
  },
  {
    what: "a shell script writes into a folder that is missing",
    needs: ["sh"],
    text: sh("echo x > cache/now.txt || true"),
    names: { did: "wrote", errno: "ENOENT", name: "/cache/now.txt" },
  },
  {
    what: "a shell script's helper may not be run",
    needs: ["sh"],
    text: sh("./helper || true"),
    files: { helper: "#!/bin/sh\n" },
    modes: { helper: 0o644 },
    names: { did: "started", errno: "EACCES", name: "/helper" },
  },
  {
    what: "a shell script's child is killed",
    needs: ["sh"],
    text: sh("sh -c 'kill -9 $$' || true"),
    names: { did: "started", signal: "SIGKILL", name: "/sh" },
  },
  {
    what: "PHP includes a file that is missing",
    needs: ["php-cgi"],
    text: php("@include 'inc/settings.php'; echo 'none';"),
    names: { errno: "ENOENT", name: "/settings.php" },
  },
  {
    what: "PHP asks whether a file is there",
    needs: ["php-cgi"],
    text: php("echo file_exists('/srv/data/workbench.db') ? 'there' : 'none';"),
    names: { did: "looked", errno: "ENOENT", name: "/srv/data/workbench.db" },
  },
  {
    what: "PHP connects to a database that is off",
    needs: ["php-cgi"],
    text: php("@fsockopen('127.0.0.1', 2, $no, $text, 1); echo 'none';"),
    names: { did: "connected", errno: "ECONNREFUSED", name: "127.0.0.1:2" },
  },
  {
    what: "Ruby requires a library that is missing",
    needs: ["ruby"],
    text: ruby("begin; require 'workbench_missing'; rescue LoadError; puts 'none'; end"),
    names: { errno: "ENOENT", name: "/workbench_missing.rb" },
  },
  {
    what: "Ruby reads a file that is missing",
    needs: ["ruby"],
    text: ruby("begin; File.read('config/database.yml'); rescue SystemCallError; puts 'none'; end"),
    names: { did: "read", errno: "ENOENT", name: "/config/database.yml" },
  },
  {
    what: "Ruby reads a folder as a file",
    needs: ["ruby"],
    text: ruby(
      "Dir.mkdir('made') unless Dir.exist?('made'); begin; File.write('made', 'x'); rescue SystemCallError; puts 'none'; end",
    ),
    names: { did: "wrote", errno: "EISDIR", name: "/made" },
  },
  {
    what: "C opens a file that is missing",
    needs: ["cc"],
    text: c('if (!fopen("/var/lib/router/state", "r")) puts("none");'),
    names: { did: "read", errno: "ENOENT", name: "/var/lib/router/state" },
  },
  {
    what: "C renames across what is missing",
    needs: ["cc"],
    text: c('if (rename("new.tmp", "state")) puts("none");'),
    names: { did: "renamed", errno: "ENOENT", name: "/new.tmp" },
  },
  {
    what: "C starts a program that is missing",
    needs: ["cc"],
    text: c('if (system("ifconfigworkbench 2>/dev/null")) puts("none");'),
    names: { did: "looked", errno: "ENOENT", name: "/ifconfigworkbench" },
  },
  {
    what: "C connects where nothing listens",
    needs: ["cc"],
    text: c(
      'struct sockaddr_in a = {0}; a.sin_family = AF_INET; a.sin_port = htons(3); a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);\nint s = socket(AF_INET, SOCK_STREAM, 0); if (connect(s, (void *)&a, sizeof a)) puts("none");',
      "#include <arpa/inet.h>\n#include <sys/socket.h>",
    ),
    names: { did: "connected", errno: "ECONNREFUSED", name: "127.0.0.1:3" },
  },
];
