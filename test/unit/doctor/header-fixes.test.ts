// The fixes of headers over exact inputs: what they change, and what they leave alone because a change could break the
// script. A script whose syntax is right before is right after.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import { fixNamed } from "../../../server/doctor/fixes/fixes.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { program } from "../../support/temp-workspace.js";

/** The text after the fix; the same if there is nothing to change. */
function fixed(fix: FixId, path: string, text: string): string {
  const script = { path, text: byteString(text), executable: true, config: "", programs: { find: program } };
  return fixNamed(fix)?.change(script)?.text ?? text;
}

/** How each interpreter checks a program that it reads from stdin. */
const checkers: Readonly<Record<string, readonly [name: string, ...args: string[]]>> = {
  py: ["python3", "-c", "import ast,sys;[ast.parse(text) for text in sys.stdin.buffer.read().split(b'\\0')]"],
  pl: ["perl", "-c"],
  sh: ["sh", "-n"],
  php: ["php", "-l"],
  rb: ["ruby", "-c"],
  js: ["node", "--check", "-"],
};

type Case = readonly [extension: string, before: string, after: string];
const same = (extension: string, text: string): Case => [extension, text, text];

/** Tests the cases, and their syntax where the interpreter is installed. */
function check(fix: FixId, cases: readonly Case[]): void {
  describe(fix, () => {
    test.each(cases)("%s: %j", (extension, before, after) => {
      expect(fixed(fix, `a.${extension}`, before)).toBe(after);
      expect(fixed(fix, `a.${extension}`, after), "nothing left to change").toBe(after);
    });
    for (const [extension, [name, ...args]] of Object.entries(checkers)) {
      const changed = cases.filter(([own, before, after]) => own === extension && before !== after);
      if (changed.length === 0) continue;
      test.skipIf(!program(name))(`${extension}: valid before and after (needs ${name})`, () => {
        const texts = changed.flatMap(([, before, after]) => [before, after]);
        // A Python starts slowly: one for all.
        for (const input of extension === "py" ? [texts.join("\0")] : texts)
          expect(spawnSync(name, args, { input: Buffer.from(input, "latin1") }).status, input).toBe(0);
      });
    }
  });
}

check("declare-charset", [
  same("py", 'if ct == "Content-Type: text/html":\n    pass\n'),
  same("sh", "curl -H 'Content-Type: text/plain' \"$u\"\n"),
  same("pl", 'print M "Content-Type: text/plain; charset=iso-8859-1\\n\\n";\n'),
  same("sh", "cat <<end | sendmail a\nContent-Type: text/plain; charset=iso-8859-1\n\nend\n"),
  ["pl", 'my $h = "Content-Type: text/html\\n";\n', 'my $h = "Content-Type: text/html; charset=utf-8\\n";\n'],
  same("php", "<?php\nheader('Content-Type: text/html; charset='.$charset);\n"),
  same("php", "<?php\nheader('Content-Type: text/html; charset=' . CHARSET);\n"),
  same("php", "<?php\nheader('Content-Type: text/html' . $rest);\n"),
  same("pl", "print 'Content-Type: text/html; charset='.$c.\"\\n\\n\";\n"),
  same("pl", 'print "Content-Type: text/html; charset=$c\\n\\n";\n'),
  same("pl", "print 'Content-Type: text/html; charset=iso-8859-'.$part.\"\\n\\n\";\n"),
  same("pl", 'print "Content-Type: text/html; charset=iso-8859-$part\\n\\n";\n'),
  same("pl", "print '<meta http-equiv=\"Content-Type\" content=\"text/html; charset='.$c.'\">';\n"),
  same("py", "print('<meta charset=\"' + c + '\">')\n"),
  same("py", "print('Content-Type: text/html; charset='+c)\n"),
  same("sh", "echo 'Content-Type: text/html; charset='latin1\n"),
  same("sh", "echo 'Content-Type: text/html; charset='latin1'; x=y'\n"),
  [
    "pl",
    'print "Content-Type: text/html; charset=iso-8859-1\\n\\n";\n',
    'print "Content-Type: text/html; charset=utf-8\\n\\n";\n',
  ],
  [
    "pl",
    "print 'Content-Type: text/html; charset=iso-8859-1' . \"\\n\\n\";\n",
    "print 'Content-Type: text/html; charset=utf-8' . \"\\n\\n\";\n",
  ],
  [
    "pl",
    'print \'Content-Type: text/html; charset="iso-8859-1"\' . "\\n\\n";\n',
    'print \'Content-Type: text/html; charset="utf-8"\' . "\\n\\n";\n',
  ],
  [
    "php",
    '<?php\nheader("Content-Type: text/html; charset=\\"iso-8859-1\\"");\n',
    '<?php\nheader("Content-Type: text/html; charset=\\"utf-8\\"");\n',
  ],
  [
    "php",
    '<?php\nheader("Content-Type: text/html; charset=utf8x");\n',
    '<?php\nheader("Content-Type: text/html; charset=utf-8");\n',
  ],
  ["py", "print('<meta charset=\"latin1\">')\n", "print('<meta charset=\"utf-8\">')\n"],
  ["py", "print('<meta charset=latin1>')\n", "print('<meta charset=utf-8>')\n"],
  ["pl", 'print "Content-Type: text/html", "\\n\\n";\n', 'print "Content-Type: text/html; charset=utf-8", "\\n\\n";\n'],
  ["py", "print('Content-Type: text/html' + '\\n')\n", "print('Content-Type: text/html; charset=utf-8' + '\\n')\n"],
  ["sh", "echo Content-Type: text/html\necho\n", 'echo "Content-Type: text/html; charset=utf-8"\necho\n'],
  [
    "sh",
    "if :; then echo Content-type: text/html \nfi\n",
    'if :; then echo "Content-type: text/html; charset=utf-8" \nfi\n',
  ],
  same("sh", "echo Content-Type: text/html; echo\n"),
  same("sh", "echo -e Content-Type: text/html\\\\n\n"),
  same("sh", 'echo Content-Type: text/html"$rest"\n'),
  same("sh", "# Content-Type: text/html\n"),
  ["sh", "cat <<end\nContent-Type: text/html\n\nend\n", "cat <<end\nContent-Type: text/html; charset=utf-8\n\nend\n"],
  ["sh", 'echo "Content-Type: text/html"\n', 'echo "Content-Type: text/html; charset=utf-8"\n'],
]);

check("remove-content-length", [
  ["py", "if body:\n    print('Content-Length: %d' % len(body))\nprint()\n", "if body:\n    pass\nprint()\n"],
  ["py", "for a in b:  # all\n\tprint('Content-Length:', len(a))\n", "for a in b:  # all\n\tpass\n"],
  ["py", "if a:\n    b()\n    print('Content-Length: 5')\nprint()\n", "if a:\n    b()\nprint()\n"],
  ["py", "if a:\n    print('Content-Length: 5')\n    b()\nprint()\n", "if a:\n    b()\nprint()\n"],
  [
    "py",
    "if a:\n    print('Content-Length: 5')\n    print('Content-Length: 5')\nelse:\n    print('Content-Length: 6')\n",
    "if a:\n    pass\nelse:\n    pass\n",
  ],
  ["py", "if a:\r\n    print('Content-Length: 5')\r\nprint()\r\n", "if a:\r\n    pass\r\nprint()\r\n"],
  ["py", "print(f'Content-Length: {len(body)}\\n')\nprint(body)\n", 'print("")\nprint(body)\n'],
  ["py", "print('Content-Length: {}'.format(len(b)), end='\\r\\n\\r\\n')\n", 'print("")\n'],
  ["py", "print('Content-Length: ' + str(len(b)), flush=True)  # bytes; all\nprint()\n", "print()\n"],
  ["py", "import sys\nsys.stdout.write('Content-Length: %d\\n' % len(b))\n", "import sys\n"],
  same("py", "print('Content-Length: ' +\n      str(len(body)))\n"),
  same("py", "print('Content-Length: 5'); print('Content-Type: text/plain'); print()\n"),
  same("py", "if a: print('Content-Length: 5')\n"),
  same("py", "print('Content-Length: %d\\n\\n%s' % (len(b), b))\n"),
  same("py", "print('Content-Length: %d\\n' % len(b), b)\n"),
  same("py", "print('Content-Length:', len(b), '\\n\\n' + b)\n"),
  same("py", "print('Content-Length:', len(b), b, sep='\\n')\n"),
  same("py", "print('Content-Length: 5', end='')\nprint()\n"),
  same("py", "print('Content-Length: 5', file=request)\n"),
  same("py", "request.write('Content-Length: 5\\r\\n')\n"),
  same("py", "head = 'Content-Length: 5\\n'\nprint(head)\n"),
  same("py", "print('Content-Type: text/plain\\nContent-Length: %d\\n' % len(b))\n"),
  same("py", "print('Content-Type: text/plain\\nContent-Length: {}\\n'.format(len(b)))\n"),
  same("py", "a = (b,\n    print('Content-Length: 5')\n)\n"),
  [
    "sh",
    'if [ -n "$len" ]; then\n  echo "Content-Length: $len"\nfi\necho\n',
    'if [ -n "$len" ]; then\n  :\nfi\necho\n',
  ],
  [
    "sh",
    "for a in b; do\n  echo 'Content-Length: 5'\ndone\nf() {\n\techo 'Content-Length: 5'\n}\n",
    "for a in b; do\n  :\ndone\nf() {\n\t:\n}\n",
  ],
  [
    "sh",
    "if a; then\n  b\nelse\n  # five\n  echo 'Content-Length: 5'\nfi\n",
    "if a; then\n  b\nelse\n  # five\n  :\nfi\n",
  ],
  ["sh", "if a; then\n  b\n  echo 'Content-Length: 5'\nfi\n", "if a; then\n  b\nfi\n"],
  [
    "sh",
    "printf 'Content-Length: %d\\n\\n' \"$len\"\ncat x\n",
    "printf '\\n'\ncat x\n".replace("printf '\\n'", "echo"),
  ],
  ["sh", "cat <<end\nStatus: 200\nContent-Length: 5\n\nend\n", "cat <<end\nStatus: 200\n\nend\n"],
  same("sh", 'echo "Content-Length: $len" > request\n'),
  same("sh", 'echo "Content-Length: $len" && echo\n'),
  same("sh", 'test "$len" &&\n  echo "Content-Length: $len"\necho\n'),
  same("sh", 'echo "Status: 200\nContent-Length: 5"\necho\n'),
  same("pl", 'print "Content-Length: " . length($b) . "\\nContent-Type: text/html\\n\\n";\n'),
  same("pl", 'print "Content-Length: ", length($b), "\\n\\n", $b;\n'),
  same("pl", 'print "Content-Length: ",\n  length($b), "\\n\\n";\n'),
  same("pl", 'print "Content-Length: 5";\nprint "\\n\\n";\n'),
  same("pl", 'print "Content-Length: 5\\n\\n" if $a;\n'),
  same("pl", 'print MAIL "Content-Length: 5\\n";\n'),
  same("pl", 'print "Content-Length: " . ($n = length $b) . "\\n";\n'),
  same("pl", 'printf "Content-Type: text/plain\\nContent-Length: %d\\n\\n", 5;\n'),
  ["pl", 'print "Content-Length: " . length($b) . "\\n\\n";\nprint $b;\n', 'print "\\n";\nprint $b;\n'],
  ["pl", 'if ($a) {\n  print "Content-Length: 5\\n" if $b; # five\n}\n', "if ($a) {\n}\n"],
  ["pl", 'print "Status: 200\\nContent-Length: $n\\n\\n";\n', 'print "Status: 200\\n\\n";\n'],
  same("php", '<?php\nif ($x)\n  header("Content-Length: " . strlen($b));\necho $b;\n'),
  same("php", '<?php\nif ($x) header("Content-Length: 5");\n'),
  same("php", '<?php\nheader("Content-Length: 5", true, 404);\n'),
  ["php", '<?php\nheader("Content-Length: " . strlen($b));\necho $b;\n', "<?php\necho $b;\n"],
  ["php", "<?php\nif ($x):\n  header('Content-Length: 5');\nendif;\n", "<?php\nif ($x):\nendif;\n"],
  same("js", 'if (x)\n  process.stdout.write("Content-Length: 5\\n");\ndone();\n'),
  same("js", 'a.then(() =>\n  process.stdout.write("Content-Length: 5\\n"));\n'),
  ["js", 'f();\nif (x) {\n  process.stdout.write("Content-Length: 5\\n");\n}\n', "f();\nif (x) {\n}\n"],
  ["rb", 'if x\n  puts "Content-Length: #{b.bytesize}"\nend\n', "if x\nend\n"],
  same("rb", 'puts "Content-Length: 5", "Content-Type: text/plain"\n'),
]);

check("remove-field", [
  [
    "pl",
    'print "Status: 200\\n",\n  "A: b\\n",\n  "C: d\\nConnection: close\\n\\n";\n',
    'print "Status: 200\\n",\n  "A: b\\n",\n  "C: d\\n\\n";\n',
  ],
  [
    "py",
    'sys.stdout.write(f"""Status: {s}\nConnection: close\n\n<p>""")\n',
    'sys.stdout.write(f"""Status: {s}\n\n<p>""")\n',
  ],
  same("py", 'http = "GET / HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n"\n'),
  same("py", 'sock.send(b"GET / HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n")\n'),
  same("sh", "cat > cfg <<end\nStatus: x\nConnection: close\nend\n"),
  same("sh", "nc host 80 <<end\nLocation: x\nConnection: close\nend\n"),
  same("sh", "cat <<end\nContent-Type: text/html\n\n<pre>\nConnection: lost\n</pre>\nend\n"),
  same("php", "<pre>\nConnection: lost\n</pre>\n"),
  [
    "py",
    'print("""Status: 200\nConnection: close\nContent-Type: text/html\n\n<p>""")\n',
    'print("""Status: 200\nContent-Type: text/html\n\n<p>""")\n',
  ],
  ["js", "console.log(`Status: 200\nConnection: close\n\n<p>`);\n", "console.log(`Status: 200\n\n<p>`);\n"],
  ["pl", 'print "A: b\\nConnection: close\\nKeep-Alive: 5\\n\\n";\n', 'print "A: b\\n\\n";\n'],
  ["py", "if a:\n    print('Connection: close')\n    print('Upgrade: x')\nprint()\n", "if a:\n    pass\nprint()\n"],
]);

check("use-status-field", [
  same("py", 'if reply.startswith("HTTP/1.1 200"):\n    pass\n'),
  same("py", 'sock.send(b"HTTP/1.1 200 OK\\r\\n")\n# print("HTTP/1.1 200 OK")\n'),
  same("pl", 'print $client "HTTP/1.1 200 OK\\r\\n";\n'),
  [
    "py",
    'print("\\r\\n".join([\n    "HTTP/1.1 404 No",\n    "A: b\\n"]))\n',
    'print("\\r\\n".join([\n    "Status: 404 No",\n    "A: b\\n"]))\n',
  ],
  ["py", 'print(\n    "HTTP/1.0 404 No"\n)\n', 'print(\n    "Status: 404 No"\n)\n'],
  ["php", '<?php\nheader("HTTP/1.1 404 No");\n', '<?php\nheader("Status: 404 No");\n'],
]);

const perlBytes = "do { require Encode; length(Encode::encode_utf8($body)) }";
check("content-length-in-bytes", [
  same("pl", 'my $b = encode_utf8($x);\nprint "Content-Length: ", length($b), "\\n\\n";\n'),
  same(
    "pl",
    'my $b = <F>;\nread(F, $c, 9);\nprint "Content-Length: ", length($b), "\\nContent-Length: ", length($c);\n',
  ),
  same("py", 'with open("x", "rb") as f:\n  body = f.read()\nprint("Content-Length:", len(body))\n'),
  same("py", 'n = len(body)\nprint("Content-Length:", n)\nfor i in range(n): pass\n'),
  [
    "py",
    'body = "<P>"\nprint("Content-Length:", len(body))\n',
    'body = "<P>"\nprint("Content-Length:", len(body.encode()))\n',
  ],
  ["pl", 'printf("Content-Length: %d\\n\\n", length $body);\n', `printf("Content-Length: %d\\n\\n", ${perlBytes});\n`],
  [
    "pl",
    'print "Content-Length: " . (length $body) . "\\n\\n";\n',
    `print "Content-Length: " . (${perlBytes}) . "\\n\\n";\n`,
  ],
  [
    "pl",
    'my $n = length( $body );\nmy $m = length($other);\nprint "Content-Length: $n\\n\\n";\n',
    `my $n = ${perlBytes};\nmy $m = length($other);\nprint "Content-Length: $n\\n\\n";\n`,
  ],
  same("pl", 'print "Content-Length: " . length($p{body}) . "\\n\\n";\n'),
  same("pl", 'print "Content-Length: " . length($self->{body}) . "\\n\\n";\n'),
  same("pl", 'print "Content-Length: ", length $a[0], "\\n\\n";\n'),
  same("pl", 'print "Content-Length: ", length $self->{body}, "\\n\\n";\n'),
  same("pl", 'print "Content-Length: @{[length($body)]}\\n\\n";\n'),
  ["php", '<?php\nheader("Content-Length: " . mb_strlen($b));\n', '<?php\nheader("Content-Length: " . strlen($b));\n'],
  [
    "php",
    '<?php\nheader("Content-Length: " . mb_strlen($b, "UTF-8"));\n',
    '<?php\nheader("Content-Length: " . strlen($b));\n',
  ],
  same("php", '<?php\nheader("Content-Length: " . mb_strlen($this->b));\n'),
  same("php", '<?php\nheader("Content-Length: " . mb_strlen($a[0]));\n'),
  same("py", 'size = len(rows)\nprint("Content-Length: 5\\n")\n'),
  same("py", 'size = len(rows)\nprint(size)\nprint("Content-Length: %d\\n" % len(body.encode()))\n'),
  same("py", 'body = "x".encode()\nprint("Content-Length: %d\\n" % len(body))\n'),
  same(
    "py",
    'n = int(os.environ["CONTENT_LENGTH"])\nif len(body) < n: print("Content-Length: 5")\n'.replace(
      "if len(body) < n: ",
      "",
    ),
  ),
  same("py", 'if len(data) < int(os.environ["CONTENT_LENGTH"]):\n    print("Content-Length: 5")\n'),
  [
    "py",
    'length = len(body)\nprint(f"Content-Length: {length}\\n")\n',
    'length = len(body.encode())\nprint(f"Content-Length: {length}\\n")\n',
  ],
  [
    "py",
    'size = 0\nif a:\n  size = len(a)\nelse:\n  size = len(b)\nprint("Content-Length:", size)\nprint("<p style=\'font-size:1em\'>the size")\n',
    'size = 0\nif a:\n  size = len(a.encode())\nelse:\n  size = len(b.encode())\nprint("Content-Length:", size)\nprint("<p style=\'font-size:1em\'>the size")\n',
  ],
  same("py", 'n = len(body)\nprint("Content-Length:", n)\nprint(f"""<p class="{n}">""")\n'),
  same("py", 'n = len(body)\nprint("Content-Length:", n)\nn += 1\n'),
  same("pl", 'my $n = length($body);\nprint "Content-Length: $n\\n\\n";\nprint "<p>\u0024{n} characters";\n'),
  [
    "pl",
    'my $length = length($body);\nprint "Content-Length: $length\\n\\n";\nprint "<p>The length of it";\n',
    `my $length = ${perlBytes};\nprint "Content-Length: $length\\n\\n";\nprint "<p>The length of it";\n`,
  ],
  same("sh", 'n=\u0024{#body}\necho "Content-Length: $n"\necho $((n + 1))\n'),
  ["py", 'print("Content-Length:", len(a["b"]))\n', 'print("Content-Length:", len(a["b"].encode()))\n'],
  same("pl", 'my $n = read($in, $body, $len, length($body));\nprint "Content-Length: $n\\n\\n";\n'),
  same("rb", 'puts "Content-Length: #{File.size(path)}"\n'),
  same("rb", 'puts "Content-Length: #{File.size path}"\n'),
  same("rb", 'puts "Content-Length: #{File.stat(path).size}"\n'),
  ["rb", 'puts "Content-Length: #{body.size}"\n', 'puts "Content-Length: #{body.bytesize}"\n'],
  same("js", 'let size = rows.length;\nconsole.log("Content-Length: 5");\n'),
  same("js", 'const rows = [];\nconsole.log("Content-Length: " + rows.length);\n'),
  [
    "js",
    'const size = body.length;\nconsole.log("Content-Length: " + size);\n',
    'const size = Buffer.byteLength(body);\nconsole.log("Content-Length: " + size);\n',
  ],
  [
    "sh",
    'len=\u0024{#body}\necho "Content-Length: $len"\n',
    'len=$(printf %s "$body" | wc -c | tr -d " ")\necho "Content-Length: $len"\n',
  ],
]);

const formMail = (end: string): string =>
  `print "Content-type: text/html\\n${end}";\nprint "<p>Thanks";\nopen(MAIL, "|sendmail");\n` +
  'print MAIL "X-Mailer: form\\n";\nprint MAIL "Subject: Hi\\n\\n";\nprint {$fh} "X-A: b\\n";\nclose MAIL;\n';
check("add-empty-line", [
  [
    "js",
    '/* head */ console.log("Content-Type: text/plain");\nconsole.log("hello");\n',
    '/* head */ console.log("Content-Type: text/plain\\n");\nconsole.log("hello");\n',
  ],
  [
    "py",
    'print("Content-Type: text/html")\nfor c in cs:\n    print("Set-Cookie: a=%s" % c)\nprint("<p>")\n',
    'print("Content-Type: text/html")\nfor c in cs:\n    print("Set-Cookie: a=%s" % c)\nprint("")\nprint("<p>")\n',
  ],
  [
    "py",
    'print("Status: 200")\r\nif x:\r\n\tprint("Set-Cookie: a=b")\r\nprint("<p>")\r\n',
    'print("Status: 200")\r\nif x:\r\n\tprint("Set-Cookie: a=b")\r\nprint("")\r\nprint("<p>")\r\n',
  ],
  [
    "py",
    'if x:\n    print("Location: a")\nelse:\n    print("Status: 404")\nprint("<p>")\n',
    'if x:\n    print("Location: a")\nelse:\n    print("Status: 404")\nprint("")\nprint("<p>")\n',
  ],
  [
    "pl",
    'print "Status: 200\\n";\nif ($c) {\nprint "Set-Cookie: x\\n";\n}\nprint "<p>";\n',
    'print "Status: 200\\n";\nif ($c) {\nprint "Set-Cookie: x\\n";\n}\nprint "\\n";\nprint "<p>";\n',
  ],
  [
    "pl",
    'print "Status: 200\\n";\nprint "Set-Cookie: x\\n" if $c;\nprint "<p>";\n',
    'print "Status: 200\\n";\nprint "Set-Cookie: x\\n" if $c;\nprint "\\n";\nprint "<p>";\n',
  ],
  same("py", 'print("Status: 200")\nif x:\n    print("Set-Cookie: a=b")\n    print("<p>")\n'),
  same("py", 'print("Content-Type: text/html\\n\\n<h1>Hi</h1>")\n'),
  [
    "py",
    'print("Status: 200\\nContent-Type: text/html\\n<h1>Hi</h1>")\n',
    'print("Status: 200\\nContent-Type: text/html\\n\\n<h1>Hi</h1>")\n',
  ],
  ["pl", 'print "Status: 200\\n", "<p>\\n";\n', 'print "Status: 200\\n\\n", "<p>\\n";\n'],
  same("pl", 'print \'Status: 200\', "\\n", "<p>\\n";\n'),
  ["pl", 'print "Status: 200\\n",\n  "<p>\\n";\n', 'print "Status: 200\\n\\n",\n  "<p>\\n";\n'],
  ["py", 'print(f"Status: 200\\n{cookie}")\n', 'print(f"Status: 200\\n{cookie}\\n")\n'],
  ["py", 'print("Status: 200\\n%s" % cookie)\n', 'print("Status: 200\\n%s\\n" % cookie)\n'],
  ["py", 'out.write("Status: 200\\n" + cookie)\n', 'out.write("Status: 200\\n" + cookie)\nprint("")\n'],
  ["pl", 'print "Status: 200\\n" . $cookie;\n', 'print "Status: 200\\n" . $cookie;\nprint "\\n";\n'],
  ["pl", 'print "Status: 200\\n$cookie";\n', 'print "Status: 200\\n$cookie\\n\\n";\n'],
  [
    "pl",
    "print 'Status: 200', \"\\n\"; # then \\n <p>\nprint '<p>';\n",
    "print 'Status: 200', \"\\n\"; # then \\n <p>\nprint \"\\n\";\nprint '<p>';\n",
  ],
  ["pl", formMail(""), formMail("\\n")],
  [
    "pl",
    'print MAIL "X-Mailer: form\\n";\nprint MAIL "hi\\n";\nprint "Content-Type: text/html\\n";\nprint "<p>";\n',
    'print MAIL "X-Mailer: form\\n";\nprint MAIL "hi\\n";\nprint "Content-Type: text/html\\n\\n";\nprint "<p>";\n',
  ],
  [
    "pl",
    'if ($a) {\n  print "Status: 404\\n\\n";\n  print "no"; exit;\n}\nprint "Content-Type: text/html\\n";\nprint "<p>";\n',
    'if ($a) {\n  print "Status: 404\\n\\n";\n  print "no"; exit;\n}\nprint "Content-Type: text/html\\n\\n";\nprint "<p>";\n',
  ],
  [
    "pl",
    "print 'Content-Type: text/html', \"\\n\";\nprint '<p>';\n",
    "print 'Content-Type: text/html', \"\\n\";\nprint \"\\n\";\nprint '<p>';\n",
  ],
  [
    "pl",
    'print "Content-Type: " . $type . "\\n";\nprint "<p>";\n',
    'print "Content-Type: " . $type . "\\n";\nprint "\\n";\nprint "<p>";\n',
  ],
  same("pl", "print 'Content-Type: text/html', \"\\n\",\n  '<p>';\n"),
  same("pl", 'print "Content-Type: text/html\\n",\n  "\\n", "<p>";\n'),
  same("pl", 'print "Status: 404\\n";\nprint $q->header;\n'),
  same("pl", 'print "Content-Type: text/html$CRLF$CRLF";\nprint "<p>";\n'),
  same("pl", 'print "Content-Type: text/html\\x0d\\x0a\\x0d\\x0a";\nprint "<p>";\n'),
  same("py", "raise ValueError(\"Header 'Location: a' is missing\")\n"),
  same("pl", 'print MAIL "X-Mailer: form\\n";\nprint MAIL "hi\\n";\n'),
  [
    "py",
    'print("Content-Type: text/plain")\nbody = "x"\nprint("Content-Length: 1")\nprint(body)\nprint("X-A: b", file=f)\n',
    'print("Content-Type: text/plain")\nbody = "x"\nprint("Content-Length: 1\\n")\nprint(body)\nprint("X-A: b", file=f)\n',
  ],
  same("py", 'print("Content-Type: text/plain")\nbody = "x"\nprint()\nprint(body)\n'),
  ["py", 'print("Content-Type:", kind)\nprint("x")\n', 'print("Content-Type:", kind)\nprint("")\nprint("x")\n'],
  [
    "sh",
    'echo "Content-Type: text/plain"\necho hi\necho "X-A: b" >> log\necho "X-A: b" >&2\necho "X-Mailer: f" | sendmail a\n',
    'echo "Content-Type: text/plain"\necho\necho hi\necho "X-A: b" >> log\necho "X-A: b" >&2\necho "X-Mailer: f" | sendmail a\n',
  ],
  same("sh", 'test "$a" &&\n  echo "Content-Type: text/plain"\necho hi\n'),
  [
    "sh",
    "cat <<a | sendmail b\nX-Mailer: f\nhi\na\ncat <<b\nContent-Type: text/plain\nhi\nb\n",
    "cat <<a | sendmail b\nX-Mailer: f\nhi\na\ncat <<b\nContent-Type: text/plain\n\nhi\nb\n",
  ],
]);

test("a byte A0 is no white space", () => {
  const text = "print('Content-Type: text/html\u00c2\u00a0')\nif a:\n    print('Content-Length: 5')\n\u00a0\n";
  expect(fixed("declare-charset", "a.py", text)).toBe(text);
});
