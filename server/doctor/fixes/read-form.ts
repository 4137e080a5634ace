// A form that is posted to a script which takes its fields from the query: the body becomes QUERY_STRING.
import { textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { importsFirst } from "./python-lines.js";
import { insertFirst } from "./source.js";

const statements: Partial<Record<ScriptLanguage, string>> = {
  python:
    'if os.environ.get("REQUEST_METHOD") == "POST":\n' +
    '    os.environ["QUERY_STRING"] = sys.stdin.read(int(os.environ.get("CONTENT_LENGTH") or 0))',
  perl: "read STDIN, $ENV{QUERY_STRING}, $ENV{CONTENT_LENGTH} if $ENV{REQUEST_METHOD} eq 'POST';",
  shell: 'if [ "$REQUEST_METHOD" = POST ]; then QUERY_STRING=$(head -c "$CONTENT_LENGTH"); fi',
  ruby: 'ENV["QUERY_STRING"] = $stdin.read(ENV["CONTENT_LENGTH"].to_i) if ENV["REQUEST_METHOD"] == "POST"',
  node: 'if (process.env.REQUEST_METHOD === "POST") process.env.QUERY_STRING = require("fs").readFileSync(0, "utf8");',
  tcl: 'if {$env(REQUEST_METHOD) eq "POST"} { set env(QUERY_STRING) [read stdin $env(CONTENT_LENGTH)] }',
};

export const readForm = textFix("read-form", "Read the posted form from stdin", ({ path, text }) => {
  const language = languageOf(path, text);
  const statement = language === null ? undefined : statements[language];
  if (language === null || statement === undefined || text.includes(statement)) return null;
  if (language === "node" && /^[ \t]*import\b/m.test(text)) return null; // a module has no `require`
  const missing = language === "python" ? ["os", "sys"].filter((name) => !importsFirst(text, name)) : [];
  return insertFirst(text, language, [...missing.map((name) => `import ${name}`), statement].join("\n"));
});
