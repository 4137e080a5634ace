// biome-ignore-all lint/suspicious/noTemplateCurlyInString: scripts of a shell, Perl and PHP
// Client data on its way through a script: what a careful programmer does with it is not told, and what leaves it as it
// came is. Whole scripts, with requests to them, are in test/fixtures/client-data.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { clientDataFlows } from "../../../server/doctor/client-data/flows.js";
import type { ScannedLanguage } from "../../../server/doctor/client-data/grammar.js";
import { flowDetail } from "../../../server/doctor/client-data/words.js";
import { languageOf } from "../../../server/doctor/fixes/language.js";
import { byteString, fromBytes } from "../../../server/protocol/byte-string.js";
import { repositoryRoot } from "../../support/repository.js";
import { healthyWhole, type Scripts, vulnerableWhole } from "./whole-scripts.js";

/** What a script begins with: `q`, the client's fields, or in a shell its query. */
const beginnings: Readonly<Partial<Record<ScannedLanguage, string>>> = {
  perl: "use CGI; my $q = CGI->new;\n",
  python: "import cgi, subprocess\nq = cgi.FieldStorage()\n",
  ruby: "require 'cgi'\nq = CGI.new\n",
  php: "<?php\n",
  node: "const q = new URLSearchParams(process.env.QUERY_STRING);\n",
  lua: 'local q = os.getenv("QUERY_STRING")\n',
  shell: "q=$QUERY_STRING\n",
  c: 'int main(void) {\n  char *q = getenv("QUERY_STRING");\n',
};

const healthy: Scripts = {
  perl: [
    'my $get = sub { return $q->param("a") };\nmy $v = &$get();',
    'foreach my $v ($q->param("a")) { if ($v =~ /^\\w+$/) { push @ok, $v; } }\nsystem("ls @ok");',
    'foreach my $v ($q->param("a")) { $v =~ /^\\w+$/ and push @ok, $v; }\nsystem("ls @ok");',
    "my $f = $files{$q->param('f')};\nopen(F, $f);",
    "my $k = $q->param('k');\nopen(F, \"<$files{$k}\");",
    "my ($g) = ($q->param('g') // '') =~ /^(\\d+)$/;\nopen(F, \"<up/$g\");",
    "my $j = $q->param('j') + 0; open(F, \"<j/$j\");",
    "my $m = join '/', 'pages', map { s/\\W//gr } $q->param('m'); open(my $h, $m);",
    'my $h = sprintf "%d", $q->param(\'h\'); open(F, "<h/$h");',
    "require 'admin.pl' if $q->param('admin');",
    "system 'cleanup.sh' if $q->param('x');",
    "unlink 'lock' unless $q->param('keep');",
    'my $b = $q->param(\'b\');\nmy $f = $b ? "a.txt" : "b.txt"; open(F, "<$f");',
    "my $now = `date` . $q->param('x');",
    "my $f = page_for($q->param('f'));\nopen(F, \"<$f\");",
    "my $f = get_file($q->param('f'));\nopen(F, $f);",
  ],
  python: [
    'y = yaml.load(\n    q.getvalue("y"),\n    Loader=yaml.SafeLoader,\n)',
    'page = q.getvalue("page")\nprint(open(PAGES.get(page, "404.html")).read())',
    'subprocess.run(["sh", "-c", \'ls "$1"\', "x", q.getvalue("d")])',
    'subprocess.run(["sh", "-c", "cat"], input=q.getvalue("d"))',
    'subprocess.run(["sh", "-c", "ls " + shlex.quote(q.getvalue("d"))])',
    'page = q.getvalue("page")\nfilename = PAGES[page]\nprint(open(filename).read())',
    'nth = ["a", "b"].index(q.getvalue("nth"))\nopen("i/%d" % nth)',
    'name = q.getvalue("f").encode().hex()\nopen("up/" + name)',
    'open("up/" + secure_filename(q.getvalue("f")))',
    'name = Path(q.getvalue("f")).name\nopen("up/" + name)',
    'day = date.fromisoformat(q.getvalue("day"))\nopen(f"days/{day}.txt")',
    'name = q.getvalue("f").rsplit("/", 1)[-1]\nopen("d/" + name)',
    'open("a" if q.getvalue("x") else "b")',
    'page = q.getvalue("page")\nif page:\n    page = os.path.basename(page)\nopen("pages/" + page)',
    'm = re.match(r"^(\\w+)$", q.getvalue("g"))\nopen("d/" + m.group(1))',
  ],
  ruby: [
    "q.params['a'].each { |v| if v.match?(/\\A\\w+\\z/) then ok << v end }\nsystem(\"ls #{ok.join(' ')}\")",
    "s = UDPSocket.new\ns.send(q['m'], 0, 'localhost', 9)",
    "f = FILES[q['f']]\nputs File.read(f)",
    "puts File.read(FILES.fetch(q['g'], 'b.txt'))",
    "m = q['m'][/\\A\\w+\\z/]\nputs File.read(\"d/#{m}\")",
    "system 'ls' if q['x']",
    "puts `date` if q['x']",
  ],
  php: [
    "$file = $pages[$_GET['z']];\ninclude($file);",
    "$id = (int)$_GET['id'];\nreadfile(\"files/$id.pdf\");",
    "$f = (float) $_GET['f'];\nexec(\"calc $f\", $o);",
    "$y = $_GET['y'] + 0; include \"y$y.php\";",
    "exec('convert ' . escapeshellarg($_GET['a']) . ' -resize ' . intval($_GET['w']) . 'x', $o);",
    "$u = sprintf('%d', $_GET['u']); include \"u$u.php\";",
    "$d = date('Y', strtotime($_GET['d'])); include \"a/$d.php\";",
    "$l = substr($_SERVER['HTTP_ACCEPT_LANGUAGE'], 0, 2); include \"lang/$l.php\";",
    "settype($_GET['w'], 'integer'); include \"w{$_GET['w']}.php\";",
    "$url = 'https://example.com/?' . http_build_query(['q' => $_GET['q']]);\necho file_get_contents($url);",
    "include isset($_GET['x']) ? 'a.php' : 'b.php';",
    "$y = $_GET['y'];\nreadfile($y ? 'a' : 'b');",
    "$q = $_GET['q'];\n$show = function () use ($q) {\n  echo htmlspecialchars($q);\n};\n$show();",
    "$a = $_GET['a'];\nswitch ($a) {\n  case 'list': case 'edit': break;\n  default: $a = 'list';\n}\ninclude \"$a.php\";",
  ],
  node: [
    "for (const v of q.getAll('a')) { if (/^\\w+$/.test(v)) ok.push(v); }\nexecSync('ls ' + ok.join(' '));",
    "const $run = (q) => 1;\nfunction $run(q) { return execSync('ls ' + q); }",
    "fs.readFileSync(PAGES[q.get('r')]);",
    "const u = map.get(q.get('u')); fs.readFileSync(u);",
    "const n = +q.get('n'); fs.readFileSync('n/' + n);",
    "const [, g] = /^([a-z]+)$/.exec(q.get('g')) || []; fs.readFileSync('g/' + g);",
    "const m = /^v(\\d+)$/.exec(q.get('v') || '');\nif (m) exec('git show v' + m[1]);",
    "fs.readFileSync(q.get('x') ? 'a' : 'b');",
    "const { REQUEST_METHOD, HOME } = process.env;\nexec('log ' + REQUEST_METHOD + HOME);",
    "const { QUERY_STRING } = process.env;\nif (/^\\w+$/.test(QUERY_STRING)) exec('log ' + QUERY_STRING);",
    "const { HTTP_COOKIE } = process.env.parts;\nexec('log ' + HTTP_COOKIE);",
    "const { spawnSync } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nspawnSync('ping', ['-c1', q.get('host')]);",
    "const { spawnSync } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nspawnSync('ls docs', { shell: true, env: { HOST: q.get('host') } });",
    "const { execFile } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nexecFile('ls', ['docs'], { shell: true, env: { HOST: q.get('host') } }, done);",
  ],
  lua: [
    'local k = q:match("f=(%w+)")\nio.open("d/" .. (k or "a"))',
    'io.open(files[q] or "a.txt")',
    'local t = {}\nos.execute("ls "..t.q)',
    'if q:match("^[%w_-]+$") then\n  io.open("d/" .. q)\nend',
    'if q:find("[^%d+]") then return end\nload("return " .. q)',
  ],
  shell: [
    "python3 convert.py <<EOF\n$QUERY_STRING\nEOF",
    "perl -ne 'print lc' <<EOF\n$QUERY_STRING\nEOF",
    "ruby tool.rb --csv <<EOF\n$QUERY_STRING\nEOF",
    "sh ./log.sh a <<EOF\n$QUERY_STRING\nEOF",
    "ssh host cat <<EOF\n$QUERY_STRING\nEOF",
    'clean() {\n  while read -r f; do\n    rm "$f"\n  done\n}\nfind /tmp/cache -mtime +1 | clean',
    '{ while read -r f; do\n  cat "$f"\ndone; } <list.txt',
    'if [ -e list.txt ]; then\n  while read -r f; do\n    cat "$f"\n  done\nfi <list.txt',
    'clean() {\n  if true; then\n    until ! read -r f; do\n      rm "$f"\n    done\n  fi\n}\nfind . | clean',
    'exec <list.txt\nwhile read -r f; do\n  cat "$f"\ndone',
    'set -- $QUERY_STRING\necho "$1"\nset -- one two\neval "x=$1"',
    'name=${q##*/}\ncat "pages/$name"',
    'case $q in\n  *[!a-z]*) exit ;;\n  *) eval "a=$q" ;;\nesac',
    'name=$(printf \'%s\' "$q" | tr -cd a-z)\ncat "pages/$name"',
    "name=$(printf '%s' \"$q\" | sed -n 's/^topic=\\([a-z]*\\)$/\\1/p')\ncat \"pages/$name\"",
    "name=$(printf '%s\\n' \"$q\" | sed 's/[^a-z0-9]//g')\ncat \"pages/$name\"",
    'n=$(echo "$q" | awk -F= \'{print $2+0}\')\ncat "pages/$n"',
    'pairs=(${q//&/ })\necho "${#pairs[@]}"',
    'echo "$q" | sha256sum',
    'echo "$q" | sh filter.sh',
    "printf '%s' \"$q\" | tr -cd a-z | sh",
    'echo date | sh; echo "$q"',
    'read -r line < list\neval "$line"',
    'date | { read -r line; eval "$line"; }',
  ],
  c: ['  const char *page = page_for(q);\n  FILE *f = fopen(page, "r");\n}'],
};

const vulnerable: Scripts = {
  perl: [
    'my $v = sub { $q->param("a") }->();\nsystem("ls $v");',
    "my $page = $q->param('page');\n$page = 'index' unless $page;\nopen(F, \"<pages/$page\");",
    "my $page = $q->param('page');\nif (!$page) { $page = 'index'; }\nopen(F, \"<pages/$page\");",
    "my $page = $q->param('page');\n$page ||= 'index';\nopen(F, \"<pages/$page\");",
    "my $host = $q->param('host');\nmy @lines = `nslookup $host`;",
    "my $host = $q->param('host');\nsystem \"ping $host\" if $host;",
    "my $x = $q->param('x');\n$x =~ s/\\+/ /g;\nsystem(\"ls $x\");",
  ],
  python: [
    'sub = "d"\np = sub + "/" + q.getvalue("f")\nopen(p)',
    'page = q.getvalue("page")\nif not page:\n    page = "index"\nprint(open("pages/" + page).read())',
    'host = q.getvalue("host")\nsubprocess.check_output("ping " + host, shell=True)',
    'subprocess.run(["/bin/bash", "-c", f"ls {q.getvalue(\'d\')}"], check=True)',
    'd = json.load(sys.stdin)\nos.system("ls " + d["x"])',
    'host = q.getvalue("host")\nsubprocess.check_call(f"ping {host}", shell=True)',
  ],
  ruby: [
    "puts 'abc'.public_send(q['m'], 0)",
    "system('sh', '-c', \"ls #{q['d']}\")",
    "host = q['host']\nhost = 'localhost' if host.empty?\nout = `ping -c 1 #{host}`",
  ],
  php: [
    "$page = $_GET['page'];\ninclude $page;",
    "$page = $_GET['page'];\nif (empty($page)) { $page = 'home'; }\ninclude('pages/' . $page . '.php');",
    "$page = $_GET['page'];\nif ($page == '') $page = 'home';\ninclude \"$page.php\";",
    "$n = 1; ?>\n<p>\n<?php\n$page = $_GET['page'];\ninclude $page;",
    "$f = str_replace(',', '.', $_GET['f']);\neval('$r = ' . $f . ';');",
    "exec('convert ' . escapeshellarg($_GET['a']) . ' -resize ' . $_GET['w'] . 'x', $o);",
    "$c = 'convert ' . basename($_GET['a']) . ' -resize ' . $_GET['w'] . 'x';\nexec($c, $o);",
    "$p = isset($_GET['p']) ? $_GET['p'] : 'home';\ninclude \"$p.php\";",
  ],
  node: [
    "let page = q.get('page');\nif (!page) page = 'index';\nfs.readFileSync('pages/' + page);",
    "const f = Object.fromEntries(q);\nnew Function(f.c)();",
    "const { spawn } = require('child_process');\nspawn('sh', ['-c', 'ls ' + q.get('d')]);",
    "let b = '';\nprocess.stdin.on('data', (d) => (b += d));\nprocess.stdin.on('end', () => {\n  const p = new URLSearchParams(b);\n  exec(`ls ${p.get('d')}`);\n});",
    "const b = [];\nprocess.stdin.on('data', (d) => { b.push(d); });\nprocess.stdin.on('end', () => {\n  exec('ls ' + Buffer.concat(b));\n});",
    "const { REQUEST_METHOD, HTTP_COOKIE } = process.env;\nexec('log ' + HTTP_COOKIE);",
    "const { QUERY_STRING: query = '' } = process.env;\nexec('grep ' + query + ' list');",
    "const { spawnSync } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nspawnSync('ping', ['-c1', q.get('host')], { shell: true });",
    "const { execFile } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nexecFile('ping', ['-c1', q.get('host')], { shell: true }, done);",
  ],
  shell: [
    'case $1 in\n  set) eval "a=$q" ;;\nesac',
    'page=$(echo "$q" | cut -d= -f2)\nif [ -z "$page" ]; then page=index; fi\ncat "pages/$page"',
    'page=$(echo "$q" | cut -d= -f2)\n[ "$page" = "" ] && page=index\ncat "pages/$page"',
    "name=$(echo \"$q\" | sed -n 's/^name=//p' | sed 's/%20/ /g')\neval \"ls $name\"",
    'name=$(echo "$q" | sed \'s/.*name=//\')\nssh host "ls $name"',
    'echo "ls $q" | bash',
    'su -c "ls $q" joe',
    'read -n $CONTENT_LENGTH body\neval "$body"',
    'read -r line\nexec </dev/null\neval "$line"',
    'cat <<EOF >usage\nexec <list\nEOF\nread -r line\neval "$line"',
    'set -- $QUERY_STRING\n[ $# -eq 0 ] && set -- index\neval "$1"',
    'set -- $QUERY_STRING\nset -- -v "$@"\neval "$2"',
    'if [ "$REQUEST_METHOD" = POST ]; then\n  while read -r line; do\n    eval "$line"\n  done\nelse\n  x=1\nfi',
    'case $REQUEST_METHOD in\n  POST)\n    IFS=;\n    while read -r line; do eval "$line"; done\n    ;;\nesac',
    'if true; then\n  if [ "$REQUEST_METHOD" = POST ]; then\n    until ! read -r line; do\n      eval "$line"\n    done\n  fi\nfi',
    'read -r -d \'\' -N "$CONTENT_LENGTH" body <&0 || true\neval "$body"',
  ],
  lua: ['os.execute("ls "..q)', 'os.execute("ls " .. q)', 'local s = string.gsub(q, "+", " ")\nos.execute("ls " .. s)'],
};

const languages = ["perl", "python", "ruby", "php", "node", "lua", "tcl", "shell", "c"] as const;
const each = (scripts: Scripts): (readonly [ScannedLanguage, string])[] =>
  languages.flatMap((language) => (scripts[language] ?? []).map((text) => [language, text] as const));
const wholeFlows = (language: ScannedLanguage, text: string) =>
  clientDataFlows(`${language === "php" ? "<?php\n" : ""}${text}\n`, language);
const flowsOf = (language: ScannedLanguage, text: string) =>
  clientDataFlows(`${beginnings[language] ?? ""}${text}\n`, language);

describe("is left in peace", () => {
  test.each(each(healthy))("%s: %s", (language, text) => expect(flowsOf(language, text)).toEqual([]));
  test.each(each(healthyWhole))("%s: %s", (language, text) => expect(wholeFlows(language, text)).toEqual([]));
});

describe("is found", () => {
  test.each(each(vulnerable))("%s: %s", (language, text) => expect(flowsOf(language, text)).toHaveLength(1));
  test.each(each(vulnerableWhole))("%s: %s", (language, text) => expect(wholeFlows(language, text)).toHaveLength(1));
});

test("solutions of lessons and samples have no finding", () => {
  const scripts = ["server/lessons/course/lessons", "server/samples"].flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /cgi-bin\/.*\.\w+$/.test(name) && !/\/(?:start|wrong)\//.test(name))
      .map((name) => join(repositoryRoot, folder, name)),
  );
  const accused = scripts.filter((path) => {
    const text = fromBytes(readFileSync(path));
    const language = languageOf(path, text);
    return language !== null && clientDataFlows(text, language).length > 0;
  });
  expect(scripts.length).toBeGreaterThan(20);
  expect(accused).toEqual([]);
});

test("the line is told with its backticks, and the way to open a file", () => {
  const told = (text: string): string => {
    const script = byteString(`my $x = param('x');\n${text}\n`);
    return clientDataFlows(script, "perl").map((flow) => flowDetail(flow, script))[0] ?? "";
  };
  expect(told("print `ls $x`;")).toContain("“print `ls $x`;”");
  expect(told('open(F, "$x");')).toContain("open(F, '<', $name)");
  expect(told('open(F, "|mail $x");')).not.toContain("'<'");
  expect(told('open(F, "-|", "ls $x");')).not.toContain("'<'");
  expect(told("thaw($x);")).toContain("is made into objects");
});
