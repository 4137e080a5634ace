// Where the editor offers the names of CGI: lines as people write them. "|" is the cursor.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cgiLanguages, cgiPlace } from "../../../../../renderer/features/editor/cgi-place.js";
import { knownFieldNames } from "../../../../../server/formats/glossary/explain-name.js";

const names = knownFieldNames().map((name) => name.toLowerCase());
const isHeader = (name: string, isWhole: boolean): boolean =>
  isWhole ? names.includes(name.toLowerCase()) : names.some((known) => known.startsWith(name.toLowerCase()));

function placeIn(language: string, line: string): string | null {
  const cut = line.indexOf("|");
  const place = cgiPlace(language, line.slice(0, cut), line.slice(cut + 1), isHeader);
  if (place === null) return null;
  return place.kind === "value" ? `${place.header}=${place.prefix}` : `${place.kind}:${place.prefix}`;
}

const cases: readonly [language: string, line: string, place: string | null][] = [
  ["python", 'method = os.environ["REQUEST_|"]', "variable:REQUEST_"],
  ["python", "length = int(os.environ.get('CONTENT_|', 0))", "variable:CONTENT_"],
  ["python", 'lang = os.getenv("|")', "variable:"],
  ["python", 'if "HTTP_COO|" in os.environ:', "variable:HTTP_COO"],
  ["python", 'if "HTTP_COO|" not in environ:', "variable:HTTP_COO"],
  ["python", 'words = ["QUERY|", "x"]', null],
  ["python", 'print("Cont|")', "header:Cont"],
  ["python", 'print("Content-Type: text/h|")', "Content-Type=text/h"],
  ["python", 'sys.stdout.buffer.write(b"Status: 40|")', "Status=40"],
  ["python", 'print("Content-Type: text/plain\\n\\nLoc|")', null],
  ["python", 'print("Hello wor|")', null],
  ["python", '# os.environ["QUERY_|"]', null],
  ["python", 'print("#1", os.environ["PATH_|"])', "variable:PATH_"],
  ["perl", "my $q = $ENV{QUERY_|};", "variable:QUERY_"],
  ["perl", "my $m = $ENV{'REQUEST_|'};", "variable:REQUEST_"],
  ["perl", "my ($a, $b) = @ENV{qw(REMOTE_ADDR REMOTE_|)};", "variable:REMOTE_"],
  ["perl", 'print "Content-Type: text/html\\r\\nSet-C|";', "header:Set-C"],
  ["perl", 'print "Status: 3|\\n";', "Status=3"],
  ["perl", 'print STDERR "Status: 3|\\n";', null],
  ["perl", 'warn "Location: |";', null],
  ["php", "$ip = $_SERVER['REMOTE_|'];", "variable:REMOTE_"],
  ["php", "$m = filter_input(INPUT_SERVER, 'REQUEST_|');", "variable:REQUEST_"],
  ["php", 'header("Cache-Control: no|");', "Cache-Control=no"],
  ["php", 'echo "Content-Type: |";', null],
  ["php", "// header('Content-|')", null],
  ["ruby", 'path = ENV["PATH_|"]', "variable:PATH_"],
  ["ruby", 'n = ENV.fetch("CONTENT_|", "0").to_i', "variable:CONTENT_"],
  ["ruby", 'puts "Location: /|"', "Location=/"],
  ["shell", 'echo "Query: $QUERY_|"', "variable:QUERY_"],
  ["shell", `head -c \${CONTENT_|:-0}`, "variable:CONTENT_"],
  ["shell", "echo 'costs $QUERY|'", null],
  ["shell", `echo "you're at $SCRIPT_|"`, "variable:SCRIPT_"],
  ["shell", "echo Content-type: text/|", "Content-type=text/"],
  ["shell", "printf 'Stat|\\n'", "header:Stat"],
  ["shell", "if [ \"$REQUEST_METHOD\" = POST ]; then echo 'Status: |'; fi", "Status="],
  ["javascript", "const q = process.env.QUERY_|", "variable:QUERY_"],
  ["javascript", "console.log('Content-Type: text/|')", "Content-Type=text/"],
  ["lua", 'local q = os.getenv("QUERY_|")', "variable:QUERY_"],
  ["lua", 'io.write("Content-Type: text/|")', "Content-Type=text/"],
  ["tcl", "set q $env(QUERY_|)", "variable:QUERY_"],
  ["tcl", 'puts "Content-Type: text/|"', "Content-Type=text/"],
  ["cpp", 'char *q = getenv("QUERY_|");', "variable:QUERY_"],
  ["cpp", 'printf("Content-Type: text/|\\r\\n\\r\\n");', "Content-Type=text/"],
  ["cpp", 'fprintf(stderr, "Status: |");', null],
  ["html", "<p>Status: |</p>", null],
];

describe("the place at the cursor", () => {
  test.each(cases)("%s: %s", (language, line, place) => {
    expect(placeIn(language, line)).toBe(place);
  });

  test("any line in any language: no error, and the prefix is what stands before the cursor", () => {
    const piece = fc.constantFrom(
      "print(",
      "echo ",
      "$ENV{",
      "getenv(",
      '"',
      "'",
      "\\",
      "Content-Type: ",
      "\\n",
      "a",
      "{",
      "#",
      " ",
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...cgiLanguages), text, text, (language, before, after) => {
        const place = cgiPlace(language, before, after, isHeader);
        if (place !== null) expect(before.endsWith(place.prefix)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
