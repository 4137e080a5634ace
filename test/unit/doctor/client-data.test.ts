// Client data on its way through a script: what a careful programmer does with it is not told, and what leaves it as it
// came is. Whole scripts, with requests to them, are in test/fixtures/client-data.
import { describe, expect, test } from "vitest";
import { clientDataFlows } from "../../../server/doctor/client-data/flows.js";
import type { ScannedLanguage } from "../../../server/doctor/client-data/grammar.js";
import { flowDetail } from "../../../server/doctor/client-data/words.js";
import { clientValues } from "../../../server/doctor/evidence/client-values.js";
import { markupPlace } from "../../../server/doctor/evidence/page-place.js";
import { rule as inputInPage } from "../../../server/doctor/rules/request/input-in-page/rule.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { latin1, traceOf } from "./written-traces.js";

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
    'page = q.getvalue("page")\nfilename = PAGES[page]\nprint(open(filename).read())',
    'nth = ["a", "b"].index(q.getvalue("nth"))\nopen("i/%d" % nth)',
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
  ],
  lua: [
    'local k = q:match("f=(%w+)")\nio.open("d/" .. (k or "a"))',
    'io.open(files[q] or "a.txt")',
    'local t = {}\nos.execute("ls "..t.q)',
  ],
  shell: [
    'name=$(printf \'%s\' "$q" | tr -cd a-z)\ncat "pages/$name"',
    "name=$(printf '%s' \"$q\" | sed -n 's/^topic=\\([a-z]*\\)$/\\1/p')\ncat \"pages/$name\"",
    "name=$(printf '%s\\n' \"$q\" | sed 's/[^a-z0-9]//g')\ncat \"pages/$name\"",
    'n=$(echo "$q" | awk -F= \'{print $2+0}\')\ncat "pages/$n"',
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
    'host = q.getvalue("host")\nsubprocess.check_call(f"ping {host}", shell=True)',
  ],
  ruby: ["host = q['host']\nhost = 'localhost' if host.empty?\nout = `ping -c 1 #{host}`"],
  php: [
    "$page = $_GET['page'];\ninclude $page;",
    "$page = $_GET['page'];\nif (empty($page)) { $page = 'home'; }\ninclude('pages/' . $page . '.php');",
    "$page = $_GET['page'];\nif ($page == '') $page = 'home';\ninclude \"$page.php\";",
    "$n = 1; ?>\n<p>\n<?php\n$page = $_GET['page'];\ninclude $page;",
    "$p = isset($_GET['p']) ? $_GET['p'] : 'home';\ninclude \"$p.php\";",
  ],
  node: [
    "let page = q.get('page');\nif (!page) page = 'index';\nfs.readFileSync('pages/' + page);",
    "const { REQUEST_METHOD, HTTP_COOKIE } = process.env;\nexec('log ' + HTTP_COOKIE);",
    "const { QUERY_STRING: query = '' } = process.env;\nexec('grep ' + query + ' list');",
  ],
  shell: [
    'page=$(echo "$q" | cut -d= -f2)\nif [ -z "$page" ]; then page=index; fi\ncat "pages/$page"',
    'page=$(echo "$q" | cut -d= -f2)\n[ "$page" = "" ] && page=index\ncat "pages/$page"',
    "name=$(echo \"$q\" | sed -n 's/^name=//p' | sed 's/%20/ /g')\neval \"ls $name\"",
  ],
  lua: ['os.execute("ls "..q)', 'os.execute("ls " .. q)'],
};

const languages = ["perl", "python", "ruby", "php", "node", "lua", "shell", "c"] as const;
const each = (scripts: Scripts): (readonly [ScannedLanguage, string])[] =>
  languages.flatMap((language) => (scripts[language] ?? []).map((text) => [language, text] as const));
const flowsOf = (language: ScannedLanguage, text: string) =>
  clientDataFlows(`${beginnings[language] ?? ""}${text}\n`, language);

describe("is left in peace", () => {
  test.each(each(healthy))("%s: %s", (language, text) => expect(flowsOf(language, text)).toEqual([]));
});

describe("is found", () => {
  test.each(each(vulnerable))("%s: %s", (language, text) => expect(flowsOf(language, text)).toHaveLength(1));
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

/** A finished request with a query to a script with this source, which wrote a page. */
function asked(query: string, html = "", source = "") {
  const trace = traceOf({ stdout: latin1(`Content-Type: text/html\n\n${html}`) });
  const env = [{ name: byteString("QUERY_STRING"), value: byteString(query), source: "request-line" as const }];
  const known = { path: "/w/x.pl", exists: true, mode: 0o755, uid: 0, sizeBytes: 1, program: null, shebang: null };
  return { ...trace, env, file: { ...known, folders: [], source: utf8(source) } };
}

test("a value in the page is the client's, unless the script has it itself", () => {
  const query = "a=%3Cimg%20src=x%20onerror=y%3E";
  const image = "<img src=x onerror=y>";
  expect(inputInPage.check(asked(query, image))).not.toBeNull();
  expect(inputInPage.check(asked(query, image, `print '${image}';`))).toBeNull();
});

test("each place of a value in a page is looked at", () => {
  const value = 'x" y';
  expect(markupPlace(`${value} `.repeat(9), [value])).toBeNull();
  expect(markupPlace(`${`${value} `.repeat(9)}<b title="${value}">`, [value])?.place).toBe("attribute");
});

test("the whole query is a value where no field has one", () => {
  const values = (query: string) => clientValues(asked(query)).query.map(({ value }) => value);
  expect(values("a=1&b=2")).toEqual(["1", "2"]);
  expect(values("ls%3Bid")).toContain("ls;id");
});
