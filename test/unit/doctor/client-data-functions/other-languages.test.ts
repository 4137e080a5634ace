// biome-ignore-all lint/suspicious/noTemplateCurlyInString: scripts, in which a name in braces is a variable
import { testPairs } from "./pairs.js";

testPairs("ruby", [
  {
    what: "an instance's variable",
    script: [
      "require 'cgi'",
      "class Finger",
      "  def initialize(cgi)",
      "    @user = cgi['user']",
      "    HERE",
      "  end",
      "  def report",
      '    IO.popen("id #{@user}") { |io| io.read }',
      "  end",
      "end",
      "cgi = CGI.new",
      "puts Finger.new(cgi).report",
    ],
    vulnerable: "@user = 'root' if @user.empty?",
    healthy: "@user = 'root' unless @user.match?(/\\A\\w+\\z/)",
  },
  {
    what: "emptiness in Ruby",
    script: ["q = ENV['QUERY_STRING']", "exit if HERE", "puts `ls #{q}`"],
    vulnerable: "q.to_s.empty?",
    healthy: "!LIST.include?(q)",
  },
]);

testPairs("node", [
  {
    what: "a body by events",
    script: [
      "const { execSync } = require('child_process');",
      "const qs = require('querystring');",
      "function readBody() {",
      "  return new Promise((resolve) => {",
      "    const chunks = [];",
      "    process.stdin.on('data', (chunk) => chunks.push(chunk));",
      "    process.stdin.on('end', () => resolve(Buffer.concat(chunks).toString()));",
      "  });",
      "}",
      "async function main() {",
      "  const form = qs.parse(await readBody());",
      "  console.log('Content-Type: text/plain\\n');",
      "  console.log(execSync(`whois ${HERE(form.domain)}`));",
      "}",
      "main();",
    ],
    vulnerable: "String",
    healthy: "Number",
  },
  {
    what: "a function's body as text",
    script: [
      "const params = new URLSearchParams(process.env.QUERY_STRING);",
      "const rule = HERE(params.get('rule'));",
      "const test = new Function('age', 'return age > ' + rule);",
    ],
    vulnerable: "String",
    healthy: "Number",
  },
  {
    what: "the type in JavaScript",
    script: ["const q = process.env.QUERY_STRING;", "if (HERE) exec('ls ' + q);"],
    vulnerable: "typeof q === 'string'",
    healthy: "q === 'list'",
  },
]);

testPairs("lua", [
  {
    what: "a decoder by hand",
    script: [
      "local function unescape(s)",
      '  return (s:gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end))',
      "end",
      "local form = {}",
      'for name, value in os.getenv("QUERY_STRING"):gmatch("([^&=]+)=([^&]*)") do',
      "  form[name] = unescape(value)",
      "end",
      'os.execute("cal " .. HERE(form.month))',
    ],
    vulnerable: "string.lower",
    healthy: "tonumber",
  },
  {
    what: "a condition on one line",
    script: ['local zone = os.getenv("QUERY_STRING")', 'if HERE then os.execute("TZ=" .. zone .. " date") end'],
    vulnerable: "zone",
    healthy: "zones[zone]",
  },
]);

testPairs("tcl", [
  {
    what: "indented statements and expr",
    script: [
      "foreach pair [split $env(QUERY_STRING) &] {",
      "    set parts [split $pair =]",
      "    set c [lindex $parts 1]",
      "    HERE",
      "}",
    ],
    vulnerable: "puts [expr $c * 2]",
    healthy: "puts [expr {$c * 2}]",
  },
  {
    what: "a path's last part in Tcl",
    script: ["set page $env(QUERY_STRING)", "set file [file join /srv HERE]", "set channel [open $file r]"],
    vulnerable: "$page",
    healthy: "[file tail $page]",
  },
]);

testPairs("c", [
  {
    what: "a buffer that a function fills",
    script: [
      "#include <stdlib.h>",
      "static void get(const char *query, char *out)",
      "{",
      "    while (*query && *query != '&')",
      "        *out++ = *query++;",
      "    out[0] = '\\0';",
      "}",
      "int main(void)",
      "{",
      "    char user[64];",
      '    get(getenv("QUERY_STRING"), user);',
      "    HERE",
      "    return system(user);",
      "}",
    ],
    vulnerable: "if (*user == '\\0') return 1;",
    healthy: "if (!isalpha(*user)) return 1;",
  },
]);
