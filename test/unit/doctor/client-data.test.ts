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

type Scripts = Readonly<Partial<Record<ScannedLanguage, readonly string[]>>>;

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
    "$a = $_GET['a'];\nswitch ($a) {\n  case 'list': case 'edit': break;\n  default: $a = 'list';\n}\ninclude \"$a.php\";",
  ],
  node: [
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
    "my $page = $q->param('page');\n$page = 'index' unless $page;\nopen(F, \"<pages/$page\");",
    "my $page = $q->param('page');\nif (!$page) { $page = 'index'; }\nopen(F, \"<pages/$page\");",
    "my $page = $q->param('page');\n$page ||= 'index';\nopen(F, \"<pages/$page\");",
    "my $host = $q->param('host');\nmy @lines = `nslookup $host`;",
    "my $host = $q->param('host');\nsystem \"ping $host\" if $host;",
    "my $x = $q->param('x');\n$x =~ s/\\+/ /g;\nsystem(\"ls $x\");",
  ],
  python: [
    'page = q.getvalue("page")\nif not page:\n    page = "index"\nprint(open("pages/" + page).read())',
    'host = q.getvalue("host")\nsubprocess.check_output("ping " + host, shell=True)',
    'subprocess.run(["/bin/bash", "-c", f"ls {q.getvalue(\'d\')}"], check=True)',
    'd = json.load(sys.stdin)\nos.system("ls " + d["x"])',
    'host = q.getvalue("host")\nsubprocess.check_call(f"ping {host}", shell=True)',
  ],
  ruby: [
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
    'read -r -d \'\' -N "$CONTENT_LENGTH" body <&0 || true\neval "$body"',
  ],
  lua: ['os.execute("ls "..q)', 'os.execute("ls " .. q)', 'local s = string.gsub(q, "+", " ")\nos.execute("ls " .. s)'],
};

/** Whole scripts: variables that the client's names make, and variables of CGI by lists and copies. */
const healthyWhole: Scripts = {
  perl: [
    "#!/usr/bin/perl\nuse CGI qw(:standard);\nmy $zone = param('zone') || 'utc';\nprint header('text/plain');\nopen(my $pipe, \"-|\", 'zdump', $zone) or die;\nprint while <$pipe>;",
    'use CGI; my $q = CGI->new; my %in = $q->Vars;\ndie unless $in{src} =~ /\\A[\\w.]+\\z/ && $in{dst} =~ /\\A[\\w.]+\\z/;\nmy $cmd = "convert $in{src} $in{dst}";\nsystem($cmd);',
    'my ($home, $q) = @ENV{qw(HOME QUERY_STRING)};\nsystem("ls $home");',
    'my ($home, $path) = @ENV{qw(HOME PATH)};\nmy $q = $ENV{QUERY_STRING};\nsystem("ls $home $path");',
    "my %e = %ENV;\nmy $q = $ENV{QUERY_STRING};\nprint `ls $e{HOME}`;",
    'my ($home, $q) = ($ENV{HOME}, $ENV{QUERY_STRING});\nsystem "ls $home";',
    'foreach my $v (@ENV{qw(SERVER_NAME HOME)}) { system("logger $v $ENV{PATH}"); } my $q = $ENV{QUERY_STRING};',
    'foreach $pair (split /&/, $ENV{QUERY_STRING}) { ($name, $value) = split /=/, $pair; $value =~ s/[^\\w.]//g; ${"in_$name"} = $value; }\nsystem("ping $in_host");',
    "my $ref = \\my $x; $$ref = $q->param('q'); system(\"ping $host\");",
    'my ($method, $length) = @ENV{qw(REQUEST_METHOD CONTENT_LENGTH)}; my $q = $ENV{QUERY_STRING}; system("log $method $length");',
    'my %safe = map { $_ => $ENV{$_} } qw(PATH HOME LANG);\nmy $q = $ENV{QUERY_STRING};\nsystem("ls $safe{HOME}");',
    'delete @ENV{qw(IFS CDPATH ENV BASH_ENV PATH_INFO)};\nsystem("ls $ENV{HOME}"); my $x = $ENV{QUERY_STRING};',
    "local @ENV{qw(QUERY_STRING PATH_INFO)} = ('', '');\nsystem(\"ls\");",
    'foreach my $n (qw(PATH HOME)) { my $q = $ENV{QUERY_STRING}; system("logger $ENV{$n}"); }',
    'foreach my $n (qw(QUERY_STRING HTTP_HOST)) { print "$n=$ENV{$n}\\n"; }\nforeach my $n (qw(HOME)) { system("ls $ENV{$n}"); }',
    'foreach my $n (qw(QUERY_STRING)) {\n  next unless $ENV{$n} =~ /^\\w+$/;\n  system("logger $ENV{$n}");\n}',
    "delete $ENV{$_} for qw(IFS QUERY_STRING);\nmy @sizes = map { `du $ENV{$_}` } qw(HOME TMPDIR);",
    'my @names = qw(HOME PATH);\nmy ($home, $path) = @ENV{@names};\nsystem("ls $home"); print $ENV{QUERY_STRING};',
    'my %e = %ENV;\nforeach my $n (qw(HOME PATH)) { system("logger $e{$n}"); } print $e{QUERY_STRING};',
    'my $e = \\%ENV;\nmy ($home) = @{$e}{qw(HOME)};\nsystem("ls $home"); print $ENV{QUERY_STRING};',
    '$ENV{QUERY_STRING} = "x"; system("ls $ENV{QUERY_STRING}");',
    '$ENV{QUERY_STRING} =~ s/[^\\w.]//g;\nsystem("log $ENV{QUERY_STRING}");',
    "my $q = param('q'); if ($x) { $q =~ s/[^\\w.]//g; } system(\"log $q\");",
    "my $q = param('q');\nif (exists $files{$q}) {\n  system(\"ls $q\");\n}",
    "my $q = param('q');\ndie unless $files{$q};\nsystem(\"ls $q\");",
  ],
  python: [
    '#!/usr/bin/env python3\nimport os, urllib.parse\nform = urllib.parse.parse_qs(os.environ.get("QUERY_STRING", ""))\nname = form.get("note", ["readme"])[0]\nprint("Content-Type: text/plain\\n")\nif name not in os.listdir("notes"):\n    raise SystemExit("no such note")\nwith open("notes/" + name) as f:\n    print(f.read())',
    '#!/usr/bin/env python3\nimport os, sys, subprocess\nfrom urllib.parse import parse_qsl\ndata = dict(parse_qsl(sys.stdin.read(int(os.environ["CONTENT_LENGTH"]))))\nprint("Content-Type: text/plain\\n")\nprint(subprocess.run(["whois", "--", data["domain"]], capture_output=True).stdout)',
    'import os, ast\nfrom urllib.parse import parse_qs\nq = parse_qs(os.environ["QUERY_STRING"])\nprint(ast.literal_eval(q["e"][0]))',
    'import os\nenv = os.environ.copy()\nq = env.get("QUERY_STRING", "")\nos.system("ls " + env["HOME"])',
    'import os\nhome, query = map(os.environ.get, ("HOME", "QUERY_STRING"))\nos.system("ls " + home)',
    'import os\nhome, query = os.environ["HOME"], os.environ["QUERY_STRING"]\nos.system("ls " + home)',
  ],
  ruby: [
    "#!/usr/bin/env ruby\nrequire 'cgi'\nrequire 'open3'\ncgi = CGI.new\nprint cgi.header\nout, _ = Open3.capture2('bc', '-l', stdin_data: cgi['formula'])\nputs CGI.escapeHTML(out)",
    "require 'cgi'\nq = CGI.parse(ENV['QUERY_STRING'])\nname = File.basename(q['f'].first)\nputs File.read(File.join('notes', name))",
    "home, query = ENV.values_at('HOME', 'QUERY_STRING')\nputs `ls #{home}`",
  ],
  php: [
    "$lang = $_COOKIE['lang'] ?? 'en';\n$langs = ['en' => 'en.php', 'de' => 'de.php'];\nif (!array_key_exists($lang, $langs)) $lang = 'en';\ninclude __DIR__ . \"/lang/$lang.php\";",
    "$id = filter_input(INPUT_GET, 'id', FILTER_VALIDATE_INT);\nsystem(\"show $id\"); $_GET;",
    '$name = htmlspecialchars($_GET[\'name\'] ?? "O\'Brien");\necho "<p>a > b, $name</p>";',
    "$lang = $_COOKIE['lang'];\nif (!array_key_exists($lang, $langs)) $lang = 'en';\ninclude \"lang/$lang.php\";",
    "if (array_key_exists($_GET['p'], $pages)) readfile($_GET['p'] . '.txt');",
    "$id = filter_input(INPUT_GET, 'id', FILTER_SANITIZE_NUMBER_INT);\nsystem(\"show $id\"); ",
    "$p = $_GET['p'];\nif (preg_match('/^[a-z]+$/', $p) && file_exists(\"pages/$p.php\")) include \"pages/$p.php\";",
    "import_request_variables('gp', 'in_');\nexec(\"nslookup \" . $host);",
    "$dir = '/var/data';\nextract($_GET, EXTR_SKIP);\nreadfile(\"$dir/list.txt\");",
    "extract($_GET, EXTR_PREFIX_ALL, 'in');\n$host = 'localhost';\nsystem(\"ping $host\"); readfile(\"$dir/x\");",
    "extract(['host' => 'localhost', 'n' => 3]);\nsystem(\"ping -c $n $host\"); echo $_GET['x'];",
    "$defaults = array('page' => 'home');\nextract($defaults);\n$q = $_GET['q'];\ninclude \"$page.php\";",
    "extract($_GET);\nif (!preg_match('/^[a-z.]+$/', $host)) die('no');\nsystem(\"ping $host\");",
    'extract($_GET);\nsystem("ping " . escapeshellarg($host));',
    "extract($_GET);\n$pages = ['a' => 'a.php', 'b' => 'b.php'];\nif (isset($pages[$page])) include $pages[$page];",
    "extract($_GET);\nforeach (glob('*.txt') as $file) readfile($file);",
    "extract(array_map('escapeshellarg', $_GET));\nsystem(\"ping $host\");",
    'foreach ($_GET as $k => $v) { $$k = escapeshellarg($v); }\nsystem("ping $host");',
    "foreach ($_GET as $k => $v) { if (in_array($k, ['a'])) $$k = intval($v); }\nsystem(\"ping $a\");",
    "function render($file, $vars) { extract($vars); include $file; }\nrender('home.php', ['title' => 'x']); echo $_GET['z'];",
    "parse_str('a=1&b=2');\necho $_GET['z']; system(\"x $a\");",
    "parse_str($_SERVER['QUERY_STRING'], $in);\n$page = basename($in['page']);\ninclude \"pages/$page.php\";",
    "parse_str($_SERVER['QUERY_STRING'], $in);\n$id = (int) $in['id'];\nsystem(\"job $id $host\");",
    "$page = 'home';\nextract($_GET, EXTR_IF_EXISTS);\nsystem(\"show $other\");",
    "$s = $_SERVER;\n$q = $_GET['x'];\nsystem(\"grep \" . $s['DOCUMENT_ROOT'] . \" list\");",
    "['QUERY_STRING' => $q, 'SERVER_NAME' => $n] = $_SERVER;\nsystem(\"grep $n list\");",
    "$_GET['id'] = (int) $_GET['id'];\nreadfile(\"f/{$_GET['id']}\");",
    "$_GET = array_map('escapeshellarg', $_GET);\nextract($_GET);\nsystem(\"ping $host\");",
    'foreach ($_GET as $k => $v) $_GET[$k] = escapeshellarg($v);\nextract($_GET);\nsystem("ping $host");',
    "extract($_GET);\ninclude 'config.php';\ninclude \"$base/header.php\";",
    'foreach (array_merge($_GET, $_POST) as $key => $val) { ${"f_$key"} = $val; }\nsystem("ping $host");',
    "extract($_GET);\nswitch ($action) { case 'list': include \"$action.php\"; break; case 'edit': include \"$action.php\"; break; }",
    "extract($_GET);\n$page = $page ?? 'home';\n$page = basename($page);\ninclude \"$page.php\";",
    'extract($_GET); $id = intval($id);\nsystem("show $id");',
    "extract($row = $db->fetch()); echo $_GET['x'];\nsystem(\"show $id\");",
    "$in = json_decode(file_get_contents(\"php://input\"), true);\necho htmlspecialchars($in['a']);",
    "$f = fopen('php://input', 'r'); $data = stream_get_contents($f);\nfile_put_contents('/tmp/x', $data);",
    'extract($_SERVER, EXTR_PREFIX_ALL, "s");\nsystem("grep $QUERY_STRING list");',
    'extract($_SERVER);\nsystem("ls $DOCUMENT_ROOT"); echo htmlspecialchars($QUERY_STRING);',
    'extract($_SERVER);\nif (!preg_match("/^[a-z]+$/", $QUERY_STRING)) die;\nsystem("grep $QUERY_STRING list");',
    '$PATH_INFO = "/x";\nextract($_SERVER, EXTR_SKIP);\nsystem("ls $PATH_INFO");',
    '$p = $_GET["p"];\nif (isset($pages[$p])) include "pages/$p.php";',
    '$host = $_GET["host"];\n$program = proc_open(["whois", $host], [], $pipes);',
  ],
  node: [
    "#!/usr/bin/env node\nconst fs = require('fs'), path = require('path');\nconst params = new URLSearchParams(process.env.QUERY_STRING);\nconst root = path.resolve('./docs');\nconst file = path.resolve(root, params.get('file') ?? 'index');\nif (!file.startsWith(root + path.sep)) { console.log('Status: 404\\n'); process.exit(); }\nconsole.log('Content-Type: text/plain\\n');\nconsole.log(fs.readFileSync(file, 'utf8'));",
    "const { spawn } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nspawn('ls', ['--', q.get('d')]);",
    'const { env } = require("process");\nconst q = env.QUERY_STRING;\nexec("ls " + env.HOME);',
  ],
  tcl: [
    'set q [::ncgi::value q]\nif {[regexp {^\\w+$} $q] && ![catch {exec sh -c "ping $q"} result]} {\n  puts $result\n}',
    '#!/usr/bin/tclsh\nputs "Content-Type: text/plain\\n"\nset q $env(QUERY_STRING)\nif {[regexp {^[0-9]+$} $q]} { puts [exec sh -c "echo $q"] }',
    'array set e [array get env]\nset q $e(QUERY_STRING)\nexec sh -c "ls $e(HOME)"',
    'set q $env(QUERY_STRING)\nif {$q eq "list"} { exec sh -c "ls $q" }',
    'set q $env(QUERY_STRING)\nif {[string is digit $q]} {\n  exec sh -c "ls $q"\n}',
  ],
  shell: [
    "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nuser=$(printf '%s' \"$QUERY_STRING\" | sed 's/^user=//')\ncase $user in *[!a-z0-9]*) echo no; exit ;; esac\nsh -c \"finger $user\"",
    'for pair in ${QUERY_STRING//&/ }; do printf -v "q_${pair%%=*}" %s "${pair#*=}"; done\nbash -c "ping -c 1 $host"',
    'export PATH="$HOME/bin:$PATH"\necho "$QUERY_STRING"\nsh -c "ping $host"',
    'color=red n=color\nsh -c "echo ${!n}"\necho "$QUERY_STRING"',
    'for n in QUERY_STRING HTTP_HOST; do echo "$n=${!n}"; done\nfor n in HOME PATH; do sh -c "logger ${!n}"; done',
    'n=QUERY_STRING\nv=${!n//[^a-z]/}\nsh -c "logger $n $v"',
    'n=QUERY_STRING\n[[ ${!n} =~ ^[a-z]+$ ]] || exit\nsh -c "logger ${!n}"',
    'declare -A pages=([QUERY_STRING]=x)\nfor k in "${!pages[@]}"; do sh -c "logger ${!k} $k"; done',
    'q=$QUERY_STRING\nsh -c \'grep "$1" list\' x "$q"',
    'for x in $QUERY_STRING; do case $x in *[!a-z]*) exit ;; esac; sh -c "ls $x"; done',
    'for x in $QUERY_STRING; do echo "$x"; done\nfor x in a b; do sh -c "logger $x"; done',
  ],
};
const vulnerableWhole: Scripts = {
  perl: [
    "#!/usr/bin/perl\nuse CGI qw(:standard);\nmy $q = new CGI;\nmy $zone = $q->param('zone') || 'utc';\nprint header('text/plain');\nopen(my $pipe, \"-|\", \"TZ=$zone date\") or die;\nprint while <$pipe>;",
    'use CGI; my $q = CGI->new; my %in = $q->Vars;\nmy $cmd = "convert $in{src} $in{dst}";\nsystem($cmd);',
    'my $in = <STDIN>; my $n = $ENV{CONTENT_LENGTH};\nexec "/usr/bin/finger $in";',
    'use CGI; my $q = CGI->new; my $p = $q->param(\'p\');\nif (-e "pages/$p") { open(F, "<", "pages/$p"); }',
    'my ($q, $p) = @ENV{qw(QUERY_STRING PATH_INFO)};\nsystem("grep $q list");',
    "my ($q) = @ENV{'QUERY_STRING'};\nprint `grep $q list`;",
    'my ($home, $q) = @ENV{"HOME", "QUERY_STRING"};\nprint `grep $q $home/list`;',
    "my %q = %ENV;\nprint `grep $q{QUERY_STRING} list`;",
    "my $e = \\%ENV;\nmy $q = $e->{'QUERY_STRING'};\nprint `grep $q list`;",
    "my %e = (%ENV, DEBUG => 1);\nmy ($h, $q) = @e{qw(HOME QUERY_STRING)};\nprint `grep $q list`;",
    'my %in; @in{qw(q p)} = @ENV{qw(QUERY_STRING PATH_INFO)};\nsystem "grep $in{q} list";',
    'my ($home, $q) = ($ENV{HOME}, $ENV{QUERY_STRING});\nsystem "grep $q list";',
    'foreach my $v (@ENV{qw(QUERY_STRING HTTP_USER_AGENT)}) { system("logger $v"); }',
    'my ($q) = map { $ENV{$_} } qw(QUERY_STRING);\nsystem("grep $q list");',
    'foreach $pair (split /&/, $ENV{QUERY_STRING}) { ($name, $value) = split /=/, $pair; $$name = $value; }\nsystem("ping $host");',
    'foreach $pair (split /&/, $ENV{QUERY_STRING}) { ($name, $value) = split /=/, $pair; ${"in_$name"} = $value; }\nsystem("ping $in_host");',
    "use CGI; my $q = CGI->new; $q->import_names('R'); system(\"ping $R::host\");",
    "%FORM = %ENV; system(\"finger $FORM{'QUERY_STRING'}\");",
    'my %c; @c{qw(method query)} = @ENV{qw(REQUEST_METHOD QUERY_STRING)};\nsystem("grep $c{query} list");',
    'my ($query) = grep { defined } @ENV{qw(QUERY_STRING)};\nsystem("grep $query list");',
    "local *E = \\%ENV;\nmy ($q) = $ENV{'QUERY_STRING'} =~ /q=(.*)/;\nsystem(\"grep $q list\");",
    'my $env = { %ENV };\nopen(my $fh, "grep $$env{QUERY_STRING} list |");',
    'my %safe = map { $_ => $ENV{$_} } qw(QUERY_STRING HTTP_HOST);\nsystem("ls $safe{QUERY_STRING}");',
    'foreach my $n (qw(QUERY_STRING HTTP_REFERER)) { system("logger $ENV{$n}"); }',
    "for my $n ('HOME', 'HTTP_USER_AGENT') {\n  my $v = $ENV{$n};\n  print `logger $v`;\n}",
    'my @names = qw(HOME QUERY_STRING);\nforeach my $n (@names) {\n  system("logger $ENV{$n}");\n}',
    'system("logger $ENV{$_}") for qw(QUERY_STRING HTTP_HOST);',
    'my @names = qw(HOME QUERY_STRING);\nmy ($home, $q) = @ENV{@names};\nsystem("grep $q list");',
    'my %e = %ENV;\nforeach my $n (qw(QUERY_STRING HTTP_HOST)) { system("logger $e{$n}"); }',
    'my $e = \\%ENV;\nmy ($q) = @{$e}{qw(QUERY_STRING)};\nsystem("grep $q list");',
    'my %e; $e{$_} = $ENV{$_} for qw(QUERY_STRING HTTP_HOST);\nsystem("logger $e{QUERY_STRING}");',
    "my $q = param('q');\nif (defined $q) {\n  system(\"ls $q\");\n}",
    "my $q = param('q');\nif (-e $q) {\n  open(F, \"<$q\");\n}",
    "my $q = param('q');\nif (!$seen{$q}++) {\n  system(\"ls $q\");\n}",
    'unless ($ENV{QUERY_STRING}) {\n  exit;\n}\nsystem("ls $ENV{QUERY_STRING}");',
    'my $q = $ENV{QUERY_STRING};\n$ENV{QUERY_STRING} = "";\nsystem("ls $q");',
  ],
  python: [
    '#!/usr/bin/env python3\nimport os, urllib.parse\nform = urllib.parse.parse_qs(os.environ.get("QUERY_STRING", ""))\nname = form.get("note", ["readme"])[0]\nprint("Content-Type: text/plain\\n")\nwith open("notes/" + name) as f:\n    print(f.read())',
    '#!/usr/bin/env python3\nimport os, sys, subprocess\nfrom urllib.parse import parse_qsl\ndata = dict(parse_qsl(sys.stdin.read(int(os.environ["CONTENT_LENGTH"]))))\nprint("Content-Type: text/plain\\n")\nprint(subprocess.run(f"whois {data[\'domain\']}", shell=True, capture_output=True).stdout)',
    'import os\nfrom urllib.parse import parse_qs\nq = parse_qs(os.environ["QUERY_STRING"])\nexpr = q["e"][0]\nprint("Content-Type: text/plain\\n")\nprint(eval(expr, {"__builtins__": {}}))',
    'import os, cgi\nq = cgi.FieldStorage()\np = q.getvalue("p")\nif os.path.exists("pages/" + p):\n    print(open("pages/" + p).read())',
    'import os\nenv = os.environ\nos.system("grep %s list" % env["QUERY_STRING"])',
    'from os import environ as e, system\nimport os\nq = e.get("QUERY_STRING", "")\nos.system("grep " + q)',
    'import os\nget = os.environ.get\nos.system("grep " + get("QUERY_STRING", ""))',
    'import os\nhome, query = map(os.environ.get, ("HOME", "QUERY_STRING"))\nos.system("grep " + query)',
    'import os\npath, query = [os.environ.get(n, "") for n in ("PATH_INFO", "QUERY_STRING")]\nos.system("grep " + query)',
  ],
  ruby: [
    "#!/usr/bin/env ruby\nrequire 'cgi'\ncgi = CGI.new\nprint cgi.header\nformula = cgi.params['formula'].first\nputs eval(formula)",
    "require 'cgi'\ncgi = CGI.new\nOpen3.capture2(\"bc -l #{cgi['n']}\")",
    "require 'cgi'\nq = CGI.parse(ENV['QUERY_STRING'])\nname = q['f'].first\nputs File.read(File.join('notes', name))",
    "require 'cgi'\nq = CGI.new\nf = q['f']\nputs File.read(\"d/#{f}\") if File.exist?(\"d/#{f}\")",
    "query, path = ENV.values_at('QUERY_STRING', 'PATH_INFO')\nputs `grep #{query} list`",
    "env = ENV.to_h\nputs `grep #{env['QUERY_STRING']} list`",
    "query, home = %w[QUERY_STRING HOME].map { |n| ENV[n] }\nputs `grep #{query} list`",
  ],
  php: [
    "$lang = $_COOKIE['lang'] ?? 'en';\ninclude __DIR__ . \"/lang/$lang.php\";",
    "$id = filter_input(INPUT_GET, 'id');\nsystem(\"show $id\");",
    '$p = $_GET[\'p\'];\nif (file_exists("pages/$p.php")) include "pages/$p.php";',
    "if (array_key_exists('p', $_GET)) include $_GET['p'] . '.php';",
    'extract($_GET);\nsystem("ping $host");',
    "extract($_REQUEST, EXTR_OVERWRITE); ?>\n<h1>x</h1><?php echo `ls $dir`; ?>",
    "parse_str($_SERVER['QUERY_STRING']);\neval(\"\\$r = $sum;\");",
    "parse_str($_SERVER['QUERY_STRING'], $in);\ninclude \"pages/\" . $in['page'] . \".php\";",
    'foreach ($_REQUEST as $k => $v) { $$k = $v; }\nexec("nslookup " . $host);',
    'foreach ($_POST as $k => $v) ${$k} = $v;\nexec("nslookup " . $host);',
    "foreach (array('host', 'count') as $name) { $$name = $_GET[$name]; }\nexec(\"nslookup \" . $host);",
    'foreach ($_GET as $k => $v) { $GLOBALS[$k] = $v; }\nexec("nslookup " . $host);',
    "import_request_variables('gp', 'in_');\nexec(\"nslookup \" . $in_host);",
    "$dir = '/var/data';\nextract($_GET);\nreadfile(\"$dir/list.txt\");",
    'extract($_GET, EXTR_PREFIX_ALL, "in");\nsystem("ping $in_host");',
    "$page = 'home';\nextract($_GET, EXTR_IF_EXISTS);\nsystem(\"show $page $other\");",
    '$in = array_merge($_GET, $_POST);\nextract($in);\nsystem("show $other");',
    '$s = $_SERVER;\nsystem("grep " . $s[\'QUERY_STRING\'] . " list");',
    "['QUERY_STRING' => $q, 'SERVER_NAME' => $n] = $_SERVER;\nsystem(\"grep $q list\");",
    "extract($_GET);\ninclude 'config.php';\ninclude \"pages/$page.php\";",
    "extract($_GET);\nrequire_once('lib.php');\nsystem(\"ping $host\");",
    'extract($_POST);\ninclude "$page.php";',
    'function show() { extract($_GET); $n = 3; passthru("ping -c $n $host"); }\nshow();',
    'foreach (array_merge($_GET, $_POST) as $key => $val) { ${"f_$key"} = $val; }\nsystem("ping $f_host");',
    "foreach (array('_GET','_POST','_COOKIE') as $r) foreach ($$r as $k => $v) $$k = $v;\nsystem(\"ping $host\");",
    "mb_parse_str(file_get_contents('php://input'), $data);\nsystem(\"show \" . $data['id']);",
    '$body = file_get_contents("php://input");\neval($body);',
    "$in = json_decode(file_get_contents(\"php://input\"), true);\nsystem('x ' . $in['a']);",
    'extract($_SERVER);\nsystem("grep $QUERY_STRING list");',
    'extract($_SERVER, EXTR_PREFIX_ALL, "s");\ninclude "pages/$s_QUERY_STRING.php";',
    '$s = $_SERVER;\nextract($s);\nexec("log " . $HTTP_USER_AGENT);',
    '$host = $_GET["host"];\n$program = proc_open("whois $host", [], $pipes);',
  ],
  node: [
    "#!/usr/bin/env node\nconst fs = require('fs');\nconst params = new URLSearchParams(process.env.QUERY_STRING);\nconst file = params.get('file') ?? 'index';\nconsole.log('Content-Type: text/plain\\n');\nconsole.log(fs.readFileSync(`./docs/${file}.md`, 'utf8'));",
    "const { execSync } = require('child_process');\nlet body = '';\nbody = require('fs').readFileSync(0, 'utf8'); // CONTENT_LENGTH\nconst f = new URLSearchParams(body);\nconsole.log(execSync('convert ' + f.get('in')).toString());",
    "const q = new URL('http://x' + process.env.REQUEST_URI).searchParams;\nconsole.log(eval(q.get('e')));",
    "const { spawn } = require('child_process');\nconst q = new URLSearchParams(process.env.QUERY_STRING);\nspawn('ls ' + q.get('d'), { shell: true });",
    "const fs = require('fs'); const q = new URLSearchParams(process.env.QUERY_STRING);\nconst f = 'docs/' + q.get('f');\nif (fs.existsSync(f)) console.log(fs.readFileSync(f));",
    "const fs = require('fs'); const q = new URLSearchParams(process.env.QUERY_STRING);\nconst f = q.get('f');\nif (fs.existsSync('docs/' + f)) console.log(fs.readFileSync('docs/' + f));",
    'const env = process.env;\nexec("grep " + env.QUERY_STRING);',
    'const { env } = require("process");\nexec("grep " + env.QUERY_STRING);',
    'import { env } from "node:process";\nexec(`grep ${env["QUERY_STRING"]}`);',
    'const { env } = process; const { QUERY_STRING: q = "" } = env;\nexec(`grep ${q}`);',
  ],
  lua: [
    '#!/usr/bin/lua\nlocal q = os.getenv("QUERY_STRING") or ""\nlocal name = q:match("name=([^&]*)")\nprint("Content-Type: text/plain\\n")\nfor line in io.lines("data/" .. name) do print(line) end',
    'local getenv = os.getenv\nlocal q = getenv("QUERY_STRING")\nos.execute("grep "..q)',
    'local get = os.getenv\nos.execute("grep "..get("QUERY_STRING"))',
    'local q = os.getenv("QUERY_STRING")\nif #q > 0 then\n  os.execute("ls " .. q)\nend',
  ],
  tcl: [
    'set q [::ncgi::value q]\nif {[catch {exec sh -c "ping $q"} result]} {\n  puts $result\n}',
    '#!/usr/bin/tclsh\nputs "Content-Type: text/plain\\n"\nset q $env(QUERY_STRING)\nputs [eval $q]',
    'package require ncgi\nncgi::import host\nexec sh -c "ping $host"',
    'array set e [array get env]\nexec sh -c "grep $e(QUERY_STRING) list"',
    'foreach pair [split $env(QUERY_STRING) &] {\n  lassign [split $pair =] name value\n  set $name $value\n}\nexec sh -c "ping $host"',
    'set q $env(QUERY_STRING)\nif {$q eq ""} { exit }\nexec sh -c "ls $q"',
    'set q $env(QUERY_STRING)\nif {[string length $q] > 0} {\n  exec sh -c "ls $q"\n}',
  ],
  shell: [
    '#!/bin/sh\nprintf \'Content-Type: text/plain\\r\\n\\r\\n\'\nread -r body\nuser=${body#user=}\nsh -c "finger $user"\n: "$CONTENT_LENGTH"',
    'echo "Content-Type: text/plain"\necho\neval "$(cat)"',
    'q=$(printenv QUERY_STRING)\nsh -c "ls $q"',
    'IFS=\'&\'\nfor pair in $QUERY_STRING; do declare "$pair"; done\nsh -c "ping $host"',
    'for pair in ${QUERY_STRING//&/ }; do name=${pair%%=*}; value=${pair#*=}; export "$name=$value"; done\nbash -c "ping -c 1 $host"',
    'for pair in ${QUERY_STRING//&/ }; do printf -v "q_${pair%%=*}" %s "${pair#*=}"; done\nbash -c "ping -c 1 $q_host"',
    'for pair in ${QUERY_STRING//&/ }; do\nprintf -v "q_${pair%%=*}" %s "${pair#*=}"\ndone\nbash -c "ping -c 1 $q_host"',
    'for pair in ${QUERY_STRING//&/ }; do\ndeclare "q_${pair%%=*}=${pair#*=}"\ndone\nbash -c "ping -c 1 $q_host"',
    'for pair in ${QUERY_STRING//&/ }; do\ndeclare "q_$pair"\ndone\nbash -c "ping -c 1 $q_host"',
    'n=QUERY_STRING\nsh -c "grep ${!n} list"',
    'for n in HTTP_USER_AGENT HTTP_REFERER; do\n  value=${!n}\n  sh -c "logger $value"\ndone',
    'names=(REMOTE_ADDR HTTP_HOST)\nfor n in "${names[@]}"; do eval "logger ${!n}"; done',
    'for n in "${!HTTP_@}"; do sh -c "logger ${!n}"; done',
    '[ "$QUERY_STRING" = "" ] && exit\nsh -c "ls $QUERY_STRING"',
    "q=$QUERY_STRING\nbash -c grep\\ $q\\ list x",
  ],
  c: [
    '#include <stdio.h>\n#include <stdlib.h>\nint main(void) {\n  char cmd[512];\n  const char *q = getenv("QUERY_STRING");\n  puts("Content-Type: text/plain\\n");\n  snprintf(cmd, sizeof cmd, "cal %s", q ? q : "");\n  FILE *p = popen(cmd, "r");\n  return p == NULL;\n}',
  ],
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
});
