// Fixes as pure functions, by the scripts that they could break: what they change exactly, and what they leave alone.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import { fieldStorageModule, fieldStorageNames } from "../../../server/doctor/fixes/field-storage.js";
import type { Fixed } from "../../../server/doctor/fixes/fix.js";
import { fixNamed } from "../../../server/doctor/fixes/fixes.js";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { program } from "../../support/temp-workspace.js";

const programs = { find: (name: string) => `/usr/bin/${name}` };
function change(fix: FixId, path: string, text: string): Fixed | null {
  const script = { path, text: byteString(text), executable: true, config: "", programs };
  return fixNamed(fix)?.change(script) ?? null;
}

/** How an interpreter checks a script on its standard input, without running it. */
const checks: Readonly<Record<string, readonly [program: string, ...string[]]>> = {
  py: ["python3", "-W", "ignore", "-c", "import ast,sys;ast.parse(sys.stdin.buffer.read())"],
  pl: ["perl", "-c"],
  sh: ["sh", "-n"],
  php: ["php", "-l"],
  mjs: ["node", "--input-type=module", "--check"],
  rb: ["ruby", "-c"],
};
function isValid(extension: string, text: string): boolean {
  const [name, ...options] = checks[extension] ?? [""];
  return spawnSync(program(name) ?? name, options, { input: toBytes(byteString(text)) }).status === 0;
}

/** `after`: null if nothing may change. */
type Case = readonly [what: string, path: string, before: string, after: string | null];
function check(fix: FixId, cases: readonly Case[]): void {
  describe(fix, () => {
    test.each(cases)("%s", (_what, path, before, after) => {
      expect(change(fix, path, before)?.text ?? null).toBe(after);
      if (after !== null) expect(change(fix, path, after)?.text ?? null).toBe(null);
    });
    for (const [what, path, before, after] of cases) {
      const extension = path.replace(/^.*\./, "");
      const needs = checks[extension]?.[0];
      if (after === null || needs === undefined) continue;
      // What was no valid Python 3 is valid after its print statements have become calls.
      test.skipIf(!program(needs))(`${what}: is valid afterwards (needs ${needs})`, () => {
        if (fix === "print-function" || isValid(extension, before)) expect(isValid(extension, after)).toBe(true);
      });
    }
  });
}

check("print-function", [
  ["before a comment", "a.py", 'print "a" # say it\n', 'print("a") # say it\n'],
  ["before a semicolon", "a.py", 'import sys\nprint "a"; sys.exit(0)\n', 'import sys\nprint("a"); sys.exit(0)\n'],
  ["brackets over two lines", "a.py", 'print "%s %s" % (a,\n  b)\n', 'print("%s %s" % (a,\n  b))\n'],
  ["a continued line", "a.py", 'print "a" + \\\n  "b"\n', 'print("a" + \\\n  "b")\n'],
  ["continued after print", "a.py", 'print \\\n  "b"\n', 'print( \\\n  "b")\n'],
  ["bytes of UTF-8 in a comment", "a.py", "print x # voil\xc3\xa0\n", "print(x) # voil\xc3\xa0\n"],
  [
    "bytes of UTF-8 at the end of a line",
    "a.py",
    "print voil\xc3\xa0\r\nprint x\r\n",
    "print(voil\xc3\xa0)\r\nprint(x)\r\n",
  ],
  ["only a text", "a.py", 'page = """\nprint this page with Ctrl+P\nprint\n"""\n', null],
  [
    "other quotes in a text",
    "a.py",
    "print \"it's ''' odd\", 1\nprint '''a\n\"\"\" b''', # c\nprint\n",
    "print(\"it's ''' odd\", 1)\nprint('''a\n\"\"\" b''', end=\" \") # c\nprint()\n",
  ],
  [
    "to another file",
    "a.py",
    'import sys\nprint >>sys.stderr, "a",\nprint >> open(a,\n "w"), b, c\nprint >>f\n',
    'import sys\nprint("a", file=sys.stderr, end=" ")\nprint(b, c, file=open(a,\n "w"))\nprint(file=f)\n',
  ],
  [
    "after a colon",
    "a.py",
    "if a[1:2] == {1: 2}: print a; print b\nelse: print\nfor x in sorted(y, key=lambda z: z): print x,\n",
    'if a[1:2] == {1: 2}: print(a); print(b)\nelse: print()\nfor x in sorted(y, key=lambda z: z): print(x, end=" ")\n',
  ],
  ["no space after a line feed", "a.py", 'print "A: b\\n",\nprint\n', 'print("A: b\\n", end="")\nprint()\n'],
  ["calls", "a.py", 'print("a")\nprint ("a", "b")\nprint(a) or b\nprint(a), b\nprint("a", end="") if b else c\n', null],
  [
    "conditions after a bracket in Python 2",
    "a.py",
    "print 1\nprint (a) if b else c\nprint (a) == c\nprint (a) in c\nprint (a) or c\n",
    "print(1)\nprint((a) if b else c)\nprint((a) == c)\nprint((a) in c)\nprint((a) or c)\n",
  ],
  [
    "a value that begins with a bracket",
    "a.py",
    'print ("%s") % x\nprint (a + b) * 2\n',
    'print(("%s") % x)\nprint((a + b) * 2)\n',
  ],
  ["a list after a bracket", "a.py", 'print ("a"), 1\nprint "b"\n', 'print(("a"), 1)\nprint("b")\n'],
  ["what only looks like print", "a.py", "self.print = print\nprint.x = 3\nx = (\nprint\n)\nprints = 1\n", null],
  ["a string that is not closed", "a.py", 'print "a\nprint "b"\n', null],
]);

const flush = "sys.stdout.reconfigure(line_buffering=True)  # flush after each line\n";
check("flush-output", [
  [
    "a call over two lines",
    "a.py",
    'import sys, html\nsys.stdout.write("a" + html.escape("b")\n    + "c") # d\nif x: sys.stdout.write(a)\n',
    'import sys, html\nsys.stdout.write("a" + html.escape("b")\n    + "c"); sys.stdout.flush() # d\n' +
      "if x: sys.stdout.write(a); sys.stdout.flush()\n",
  ],
  ["flushed already", "a.py", "import sys\nsys.stdout.write(a)\nsys.stdout.flush()\nx = sys.stdout.write(b)\n", null],
  [
    "imports over several lines",
    "a.py",
    "from os import (\n    environ,\n    path,\n)\nimport os, \\\n    sys\n\nprint(1)\n",
    `from os import (\n    environ,\n    path,\n)\nimport os, \\\n    sys\n${flush}\nprint(1)\n`,
  ],
  [
    "an import within a function",
    "a.py",
    '"""Doc\nimport sys\n"""\nimport sys as s\ndef f():\n    import sys\nprint(1)\nimport sys\n',
    `"""Doc\nimport sys\n"""\nimport sys as s\nimport sys\n${flush}def f():\n    import sys\nprint(1)\nimport sys\n`,
  ],
  ["CR LF", "a.py", "import os\r\n\r\nprint(1)\r\n", `import os\r\nimport sys\r\n${flush.trim()}\r\n\r\nprint(1)\r\n`],
  ["no line end", "a.py", "# print(1)", `# print(1)\nimport sys\n${flush.trim()}\n`.trimEnd()],
  [
    "a future import with others",
    "a.py",
    "from __future__ import division; a = 1\nprint(a)\n",
    `from __future__ import division; a = 1\nimport sys\n${flush}print(a)\n`,
  ],
  ["an older Python", "a.py", "#!/usr/bin/env python2\nprint(1)\n", null],
  [
    "a here document in use, a list over two lines",
    "a.pl",
    "use strict;\nuse POSIX qw(\n floor);\nuse constant A => <<E;\n# b;\nE\nprint 1;\n",
    "use strict;\nuse POSIX qw(\n floor);\n$| = 1; # flush after each print\n" +
      "use constant A => <<E;\n# b;\nE\nprint 1;\n",
  ],
]);

const header = 'header("Content-Type: text/plain; charset=utf-8");\n';
const printed = 'print("Content-Type: text/plain; charset=utf-8\\n", flush=True)\n';
const unprinted = 'sys.stdout.write("Content-Type: text/plain; charset=utf-8\\n\\n"); sys.stdout.flush()\n';
const written = 'process.stdout.write("Content-Type: text/plain; charset=utf-8\\n\\n");\n';
check("add-content-type", [
  [
    "after an import of several lines",
    "a.py",
    "from os import (\n  a,\n)\nx()\n",
    `from os import (\n  a,\n)\n${printed}x()\n`,
  ],
  [
    "a print statement in Python 2",
    "a.py",
    'import os\nprint "a"\n',
    'import os\nprint "Content-Type: text/plain; charset=utf-8\\n"\nprint "a"\n',
  ],
  [
    "no print statement in Python 2",
    "a.py",
    "#!/usr/bin/python2\nimport sys\nsys.stdout.write('a')\n",
    `#!/usr/bin/python2\nimport sys\n${unprinted}sys.stdout.write('a')\n`,
  ],
  [
    "Python 2 with a print function",
    "a.py",
    "from __future__ import print_function\nprint('a')\n",
    `from __future__ import print_function\nimport sys\n${unprinted}print('a')\n`,
  ],
  ["behind a byte order mark", "a.py", "\xef\xbb\xbfimport os\n", `\xef\xbb\xbfimport os\n${printed}`],
  [
    "ES imports of several lines",
    "a.mjs",
    'import fs from "fs"\nimport {\n  join\n} from "path"\njoin(fs, "")\n',
    `import fs from "fs"\nimport {\n  join\n} from "path"\n${written}join(fs, "")\n`,
  ],
  [
    "a comment within an ES import",
    "a.mjs",
    "import {\n  a, // 'x'\n} from 'x'\na()\n",
    `${written}import {\n  a, // 'x'\n} from 'x'\na()\n`,
  ],
  ["PHP", "a.php", "<?php\n# a\necho 1;\n", `<?php\n# a\n${header}echo 1;\n`],
  ["PHP in a page", "a.php", "<p>a</p>\n<?php\necho 1;\n", null],
  ["PHP with a statement in the first line", "a.php", "<?php session_start();\necho 1;\n", null],
  ["PHP with declare in the first line", "a.php", "<?php declare(strict_types=1);\necho 1;\n", null],
  [
    "PHP statements that must be first",
    "a.php",
    "#!/usr/bin/php\n<?php\n/**\n * a\n */\ndeclare(strict_types=1);\n\nnamespace App;\nuse A\\{B,\n C};\n\necho 1;\n",
    `#!/usr/bin/php\n<?php\n/**\n * a\n */\ndeclare(strict_types=1);\n\n` +
      `namespace App;\nuse A\\{B,\n C};\n${header}\necho 1;\n`,
  ],
  ["PHP in the braces of a namespace", "a.php", "<?php\nnamespace App {\necho 1;\n}\n", null],
  ["PHP with a comment before declare", "a.php", "<?php\n/* a */ declare(strict_types=1);\necho 1;\n", null],
  ["PHP attributes", "a.php", "<?php\n#[A]\nclass B {}\n", `<?php\n${header}#[A]\nclass B {}\n`],
  ["a shell script that Tcl reads too", "a.sh", '#!/bin/sh\n# \\\nexec tclsh "$0"\nputs a\n', null],
  ["a shell script that Python reads too", "a.sh", '#!/bin/sh\n"exec" "python3" "$0"\nprint(1)\n', null],
  ["CR line ends", "a.pl", '#!/usr/bin/perl\rprint "a";\r', null],
]);

check("set-shebang", [
  [
    "a coding declaration in the second line",
    "a.py",
    "# a\n# -*- coding: iso-8859-1 -*-\nprint('\xfc')\n",
    "#!/usr/bin/env python3\n# -*- coding: iso-8859-1 -*-\n# a\nprint('\xfc')\n",
  ],
  [
    "a coding declaration after an empty line",
    "a.py",
    "\r\n# coding: iso-8859-1\r\nprint('\xfc')\r\n",
    "#!/usr/bin/env python3\n# coding: iso-8859-1\r\nprint('\xfc')\r\n",
  ],
  ["code before a coding declaration", "a.py", "a()\n# coding: x\n", "#!/usr/bin/env python3\na()\n# coding: x\n"],
  [
    "a coding declaration in the first line",
    "a.py",
    "# coding: iso-8859-1\nprint('\xfc')\n",
    "#!/usr/bin/env python3\n# coding: iso-8859-1\nprint('\xfc')\n",
  ],
  ["CR line ends", "a.pl", '#!/usr/local/bin/perl\rprint "a";\r', null],
  ["CR LF", "a.pl", '#!/opt/perl -w\r\nprint "a";\r\n', '#!/usr/bin/perl -w\nprint "a";\r\n'],
]);

check("replace-field-storage", [
  [
    "CR LF",
    "a.py",
    "import cgitb\r\nfrom cgi import FieldStorage\r\n",
    "import form_fields as cgitb\r\nfrom form_fields import FieldStorage\r\n",
  ],
  [
    "lists and other names",
    "a.py",
    "import os, cgi, sys; import cgi as c\n" +
      "from cgi import (escape as e,\n  FieldStorage)\nc.escape(cgi.FieldStorage())\n",
    "import os, form_fields as cgi, sys; import form_fields as c\n" +
      "from form_fields import (escape as e,\n  FieldStorage)\nc.escape(cgi.FieldStorage())\n",
  ],
  ["only a text", "a.py", '"""\nimport cgi\n"""\n', null],
  ["what the module does not have", "a.py", "import cgi as c\nc.test()\n", null],
  ["what the module does not have, imported", "a.py", "from cgi import FieldStorage, parse_multipart\n", null],
  ["everything", "a.py", "from cgi import *\n", null],
]);

test.skipIf(!program("python3"))("replace-field-storage: the module has the names (needs python3)", () => {
  const list = `import sys; exec(sys.stdin.read()); print(*set(sys.argv[1:]) - set(globals()))`;
  const { stdout } = spawnSync("python3", ["-c", list, ...fieldStorageNames], { input: fieldStorageModule() });
  expect(stdout.toString()).toBe("\n");
});

check("binary-output", [
  ["to another file", "a.py", "import sys\ndata = b''\nprint(data, file=sys.stderr)\nprint(data, data)\n", null],
  [
    "a text",
    "a.py",
    'metadata = "a"\nprint(metadata)\ndata = json.dumps(x)\nprint(data)\nprint(json.dumps(data))\n',
    null,
  ],
  ["of unknown type", "a.py", "def send(data):\n  print(data)\nf = open(a)\nprint(f.read())\n", null],
  ["read, and used as a text too", "a.py", "data = open(a).read()\nprint(data)\nprint(f'{data}')\n", null],
  [
    "bytes",
    "a.py",
    'data = open(name).read() # a\nprint(len(data))\nif data2: print(open(b, "r").read(), end="") # b\nprint(data)\n',
    'import sys\ndata = open(name, "rb").read() # a\nprint(len(data))\n' +
      'if data2: sys.stdout.flush(); sys.stdout.buffer.write(open(b, "rb").read()) # b\n' +
      "sys.stdout.flush(); sys.stdout.buffer.write(data)\n",
  ],
  ["with an encoding", "a.py", 'print(open(a, encoding="utf-8").read())\nprint(sys.stdin.read())\n', null],
]);

check("require-from-folder", [
  [
    "only files that are no modules",
    "a.pl",
    'require "syscall.ph";\nrequire "CGI.pm";\nrequire "cgi-lib.pl";\nrequire "lib/a.pl";\n(do \'b.cgi\') or die;\n',
    'require "syscall.ph";\nrequire "CGI.pm";\nrequire "./cgi-lib.pl";\n' +
      "require \"lib/a.pl\";\n(do './b.cgi') or die;\n",
  ],
  ["texts", "a.pl", 'print <<EOT;\nrequire "a.pl";\nEOT\n# require "a.pl";\n__END__\nrequire "a.pl";\n', null],
  ["folders of the script's own", "a.pl", 'use lib "lib";\nrequire "a.pl";\n', null],
]);

check("read-form", [
  [
    "Python, with an import that is missing",
    "a.py",
    'import os\nprint(os.environ["QUERY_STRING"])\n',
    'import os\nimport sys\nif os.environ.get("REQUEST_METHOD") == "POST":\n' +
      '    os.environ["QUERY_STRING"] = sys.stdin.read(int(os.environ.get("CONTENT_LENGTH") or 0))\n' +
      'print(os.environ["QUERY_STRING"])\n',
  ],
  ["a module of Node, without require", "a.mjs", 'import fs from "fs";\nprocess.env.QUERY_STRING;\n', null],
  ["PHP, which reads it itself", "a.php", "<?php\necho $_GET['a'];\n", null],
]);

check("declare-latin-1", [
  ["windows-1252, Python", "a.py", "# coding: utf-8\nprint('\x93')\n", "# coding: cp1252\nprint('\x93')\n"],
  ["iso-8859-1, Python", "a.py", "# coding: utf-8\nprint('\xfc')\n", "# coding: iso-8859-1\nprint('\xfc')\n"],
  ["windows-1252, Ruby", "a.rb", "# coding: utf-8\nputs '\x93'\n", "# coding: cp1252\nputs '\x93'\n"],
  [
    "windows-1252, a header",
    "a.sh",
    "echo 'Content-Type: text/html; charset=utf-8'\necho '\x93'\n",
    "echo 'Content-Type: text/html; charset=iso-8859-1'\necho '\x93'\n",
  ],
]);
