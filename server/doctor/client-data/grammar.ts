// What the scanner knows of each language: how its text is read, where the client's data comes from, and where it must
// not go.
import type { ScriptLanguage } from "../fixes/language.js";

export type ScannedLanguage = ScriptLanguage | "c";
export type SinkKind = "command" | "code" | "path";

export interface StringForm {
  /** Sticky; what closes it is its last character, or the bracket of the same kind. */
  readonly open: RegExp;
  readonly close?: string;
  readonly escapes?: true;
  readonly multiline?: true;
  /** Sticky: a variable within it. */
  readonly names?: RegExp;
  /** What begins code within it, and what ends that. */
  readonly enters?: readonly (readonly [string, string])[];
  /** All of it is code. */
  readonly isCode?: true;
}

export interface Sink {
  readonly kind: SinkKind;
  /** Matches in the code, up to where the arguments begin. */
  readonly call: RegExp;
  /**
   * "first": one argument is examined; "line": the same, and a list of words is harmless; "alone": it is harmless with
   * more than one; "shell": with a shell asked for; "name": what is called, in front of its arguments.
   */
  readonly takes?: "first" | "line" | "alone" | "shell" | "open" | "name";
  /** It makes objects of a text. */
  readonly makesObjects?: true;
}

export interface Grammar {
  /** Sticky. */
  readonly comment: RegExp;
  readonly blocks?: readonly (readonly [string, string])[];
  /** At the start of a line. */
  readonly pods?: readonly (readonly [string, string])[];
  readonly strings: readonly StringForm[];
  /** Sticky; group 1: the word that ends it. */
  readonly heredoc?: RegExp;
  /** Sticky: a here document that is looked at, as it is run, or read by a loop. */
  readonly readsHeredoc?: RegExp;
  /** Sticky: a regular expression; group 1: what is before it. */
  readonly pattern?: RegExp;
  /** A backslash takes the next character. */
  readonly escapes?: true;
  /** It is a page with code in it. */
  readonly page?: true;
  /** Statements end with a semicolon alone. */
  readonly semicolons?: true;
  /** Group 1: its name. */
  readonly variable: RegExp;
  /** On the text, each at a place of code; group 1: the field, or the variable of CGI. */
  readonly sources: readonly RegExp[];
  /** A variable of CGI gets a name of the script's. Group 1: the variable; group 2: the name, if it is another one. */
  readonly apart?: RegExp;
  /** A variable gets all variables of CGI. A group has its name. */
  readonly copies?: RegExp;
  /** The values of a list of variables. Group 1: their names. */
  readonly slices?: RegExp;
  /** The value of the variable whose name a variable holds. A group has that one's name. */
  readonly indirect?: RegExp;
  /** Names that the client chose become the script's variables. */
  readonly spreads?: readonly Pick<Sink, "call" | "takes">[];
  /** The request's body is read. */
  readonly body: RegExp;
  /** Calls that write into their first argument, or the second one. */
  readonly writes?: RegExp;
  /** What such a call writes into if it names nothing. */
  readonly form?: string;
  readonly sinks: readonly Sink[];
}

export const sent =
  "QUERY_STRING|REQUEST_URI|PATH_INFO|HTTP_(?:COOKIE|USER_AGENT|REFERER|HOST|ACCEPT\\w*|X_\\w+|ORIGIN|IF_\\w+|FORWARDED)";
/** A shell, also at a host or for a user, that runs a here document: no script and no command is named. */
export const shellOfHeredoc =
  /(?:(?:ba|da|k|z)?sh(?:[ \t]+-[abd-mo-z]*)*|(?:ssh|su)(?:[ \t]+-[abd-zA-Z]*)*(?:[ \t]+[^\s;&|<-][^\s;&|<]*)?)/.source;
/** A program that runs a here document: it has no script, and no program as an option. */
export const programOfHeredoc = /(?:perl|python3?|ruby|php|node)(?:[ \t]+-[^\scemnpr;&|<]*)*/.source;
/** A pipe to a shell that runs what it reads. */
export const pipeOfHeredoc = /<<-?[ \t]*\w[^;&\n]{0,200}\|[ \t]*[\w/]*(?<!s)sh(?:[ \t]+-[abd-mo-z]+)*[ \t]*(?=[;&|)\n])/
  .source;
const readsHeredoc = new RegExp(
  `(?<=(?:(?:^|[\\s;&|(\`/])(?:${shellOfHeredoc}|${programOfHeredoc})|\\bdone)[ \\t]*)<<-?[ \\t]*\\w|${pipeOfHeredoc}`,
  "y",
);
const shellName = /\$(?:\{[!#]?\w[^}\n]{0,200}\}|\w+)/y;
const dollarName = /[$@](?:\{?\w+\}?|\{\$)(?:(?:->)?[[{][^\]}\n]{0,80}[\]}]){0,4}\}?/y;
const perlString = { escapes: true, names: dollarName } as const;
const slashes = [["/*", "*/"]] as const;
const quotes: readonly StringForm[] = [
  { open: /"/y, escapes: true },
  { open: /'/y, escapes: true },
];

export const grammars: Readonly<Record<ScannedLanguage, Grammar>> = {
  shell: {
    comment: /(?<![^\s;(])#/y,
    strings: [
      { open: /\$?'/y, multiline: true },
      {
        open: /"/y,
        escapes: true,
        multiline: true,
        names: shellName,
        enters: [
          ["$(", ")"],
          ["`", "`"],
        ],
      },
      { open: /`/y, isCode: true },
    ],
    heredoc: /(?<!<)<<-?[ \t]*["'\\]?([A-Za-z_]\w*)["']?/y,
    readsHeredoc,
    escapes: true,
    variable: /\$\{?(\w+)/g,
    sources: [new RegExp(`(?:\\$\\{?|(?<=\\bprintenv[ \\t]))(${sent})\\b`, "g")],
    indirect: /\$\{!(\w+)(?![\w@*[])/g,
    spreads: [
      {
        call: /\b(?:declare|export|typeset|readonly)\s+(?:-\w+\s+)*"?[\w\u0001]*(?=\$)|\bprintf\s+-v\s+"?[\w\u0001]*(?=\$)/g,
      },
    ],
    body: /(?:\$\(|`)[ \t]*(?:cat|head -c[ \t]*"?\$\{?CONTENT_LENGTH(?::?-\d*)?\}?"?|dd\b[^|;)`]*)[ \t]*(?:2>\S+[ \t]*)?(?=[|)`])|\$\(<[ \t]*\/dev\/stdin|\|(?<=^[ \t]*(?:cat|tr\b[^|<]*)[ \t]*\|)(?=\s*while\b)/g,
    sinks: [],
  },
  perl: {
    comment: /(?<![^\s;{}),])#/y,
    pods: [
      ["=head", "\n=cut"],
      ["=pod", "\n=cut"],
      ["=over", "\n=cut"],
      ["=begin", "\n=cut"],
      ["=item", "\n=cut"],
      ["=for", "\n=cut"],
      ["__END__", "\u0000"],
      ["__DATA__", "\u0000"],
    ],
    strings: [
      { open: /"/y, ...perlString, multiline: true },
      { open: /(?<!\w|&)'|(?<=[^\w]\w)'(?!\w)/y, escapes: true },
      { open: /`/y, ...perlString },
      { open: /\bq[qx][ \t]*(?=[^\w\s=,;])./y, ...perlString, multiline: true },
      { open: /(?<![$@%&{]|->)\b(?:q|qw|qr|m|s|tr|y)[ \t]*(?=[^\w\s=,;>)])./y, escapes: true },
    ],
    heredoc: /(?<=[\s(,=.])<<~?["']?([A-Za-z_]\w*)["']?(?=[;,)\s.])/y,
    pattern: /((?:[=!]~|\bsplit\b[ \t]*\(?|[(,]|\b(?:if|unless|and|or|grep)\b)[ \t]*)\/(?:\\.|[^/\\\n])*\//y,
    semicolons: true,
    variable: /[$@%]\{?(\w+)|\bsplit[\s(]*\u0001+(?=\s*[);])/g,
    sources: [
      new RegExp(`\\$ENV\\{["']?(${sent})`, "g"),
      /(?:->|(?<![\w$@%>]))(?:param|url_param|cookie|multi_param)[ \t]*(?:\(?[ \t]*["']([\w-]+)["']|\([ \t]*\$\w+[ \t]*\))/g,
      /->()(?:Vars|path_info|query_string|user_agent|referer|import_names)\b|(?<![\w$@%>&])()(?:path_info|import_names)(?=[ \t]*\()/g,
      /(?<!sub[ \t]+)(?<![\w$@%])()&?ReadParse\b(?:[ \t]*\([^)]*\))?/g,
    ],
    copies: /[%$](\w+)\s*=[\s({\\]*(?:%ENV\b|map\s*\{\s*\$_\s*=>\s*\$ENV\{\$_\})/g,
    slices: /@\w+\s*\{\s*(?:qw\W)?([^}\n]*)|\bmap\s*\{\s*\$ENV\{\$_\}[^}\n]*\}[\s(]*(?:qw\W)?([^)\n;]*)/g,
    indirect: /\$ENV\{\s*["']?\$(\w+)["']?\s*\}|@ENV\{\s*@(\w+)\s*\}/g,
    spreads: [{ call: /\$(?=\$\w+\s*=(?![=~]))|\$\{(?=["$][^}\n]*\}\s*=(?![=~]))/g }],
    body: /\b(?:sys)?read[ \t]*\(?[ \t]*\*?(?:STDIN|\\\*STDIN)|<STDIN>/g,
    writes:
      /\b(?:sys)?read[ \t]*\(?[ \t]*\*?\\?\*?STDIN[ \t]*,[ \t]*(?:my[ \t]+)?\$(\w+)|\bimport_names[ \t]*\([ \t]*["'](\w+)|\bpush\b[\s(]*@\{?\$?(\w+)|(?<!sub[ \t]+)\bReadParse\b(?:[\s(]*(?:\*|\\%)(\w+))?/g,
    form: "in", // of cgi-lib.pl
    sinks: [
      { kind: "command", call: /(?<![\w$@%&>:]|sub )(?:system|exec)\b(?!\s*[{=])/g, takes: "alone" },
      { kind: "command", call: /(?<![\w$@%&>:]|sub )open\b(?!\s*=)/g, takes: "open" },
      { kind: "command", call: /(?=`)|\bqx(?=[ \t]*\W)/g },
      { kind: "code", call: /(?<![\w$@%&>:])eval\b(?!\s*\{)/g },
      { kind: "code", call: /(?<![\w&])&\{?(?=\$\w+[\s}]*\()|->(?=\$\w+\s*\()/g, takes: "name" },
      { kind: "code", call: /(?<![\w$@%&>])(?:Storable::)?thaw\b/g, takes: "first", makesObjects: true },
      { kind: "path", call: /(?<![\w$@%&>:])(?:do|require)\b(?=\s*[$"(])/g },
      { kind: "path", call: /(?<![\w$@%&>:])(?:unlink|opendir|rmdir)\b/g },
    ],
  },
  python: {
    comment: /#/y,
    strings: [
      { open: /\b(?:[rR]?[fF]|[fF][rR])"""/y, close: '"""', multiline: true, enters: [["{", "}"]] },
      { open: /"""/y, close: '"""', escapes: true, multiline: true },
      { open: /'''/y, close: "'''", escapes: true, multiline: true },
      { open: /\b(?:[rR]?[fF]|[fF][rR])["']/y, escapes: true, enters: [["{", "}"]] },
      ...quotes,
    ],
    variable: /(?<![.\w])((?:self\.)?[A-Za-z_]\w*)/g,
    sources: [
      new RegExp(`\\b(?:environ(?:\\.get)?|getenv)[ \\t]*[[(][ \\t]*["'](${sent})["']`, "g"),
      /\b()(?:cgi\.)?FieldStorage[ \t]*\(/g,
    ],
    copies:
      /\b(?:environ|getenv) as (\w+)|(\w+)\s*=\s*(?:dict\(|\{\s*\*\*)?\s*(?:os\.)?(?:environ(?:\.copy\(\)|\.get)?|getenv)\s*[)}]?\s*$/g,
    slices:
      /\b(?:environ\.get|getenv)\s*,\s*[[(]([^\])\n]*)|\b(?:environ(?:\.get)?|getenv)[[(]\w+[^\])\n]{0,20}[\])]\s+for\s+\w+\s+in\s+[[(]([^\])\n]*)/g,
    writes: /(?<![.\w])((?:self\.)?\w+)\.(?:append|extend|insert|add)\s*\(/g,
    body: /\bsys\.stdin(?:\.buffer)?\.read\w*[ \t]*\(|\bjson\.load[ \t]*\([ \t]*sys\.stdin\b|(?<![.\w])(?:raw_)?input[ \t]*\(/g,
    sinks: [
      {
        kind: "command",
        call: /\bos\.(?:system|popen)\b|(?<![.\w])(?:system|popen)\b(?=\s*\()|\bget(?:status)?output\b|\bcreate_subprocess_shell\b/g,
      },
      { kind: "command", call: /\b(?:run|call|check_call|check_output|Popen)\b(?=\s*\()/g, takes: "shell" },
      { kind: "code", call: /(?<![.\w])(?:eval|exec)\b(?=\s*\()/g, takes: "first" },
      {
        kind: "code",
        call: /\b(?:c?[pP]ickle|dill)\.loads?\b|\byaml\.(?:unsafe_|full_)?load(?:_all)?\b(?![\s\S]*Safe)/g,
        takes: "first",
        makesObjects: true,
      },
      {
        kind: "path",
        call: /(?<![.\w])(?=[\w.]+\.(?:read|write)_(?:text|bytes)\()/g,
        takes: "name",
      },
      {
        kind: "path",
        call: /(?:\bPath\b|(?<!\w)(?=\(Path\())(?=\(.*\)\.(?:open|unlink|(?:read|write)_(?:text|bytes))\()/g,
        takes: "first",
      },
      {
        kind: "path",
        call: /(?<![.\w])open\b(?=\s*\()|\b(?:os\.(?:remove|unlink|rmdir)|shutil\.rmtree)\b/g,
        takes: "first",
      },
    ],
  },
  ruby: {
    comment: /(?<![^\s;{}),])#(?!\{)/y,
    pods: [
      ["=begin", "\n=end"],
      ["__END__", "\u0000"],
    ],
    strings: [
      { open: /"/y, escapes: true, multiline: true, enters: [["#{", "}"]] },
      { open: /'/y, escapes: true },
      { open: /`/y, escapes: true, enters: [["#{", "}"]] },
      { open: /%[xQW]?[([{](?=\S)/y, escapes: true, enters: [["#{", "}"]] },
    ],
    heredoc: /(?<=[\s(,=])<<[~-]?["']?([A-Z_]\w*)["']?/y,
    pattern: /((?:[=!]~|[(,]|\b(?:if|unless|and|or|when)\b)[ \t]*)\/(?:\\.|[^/\\\n])*\//y,
    variable: /(?<![.\w:@])(@?[a-z_]\w*)(?![\w:]*:(?!:))/g,
    sources: [
      new RegExp(`\\bENV(?:\\.fetch)?[ \\t]*[[(][ \\t]*["'](${sent})["']`, "g"),
      /(?<![:\w])()CGI\.new\b|(?<=\w\.)()path_info\b/g,
    ],
    copies: /([a-z_]\w*)\s*=\s*ENV(?:\.(?:to_h|to_hash|dup|clone))?\s*$/g,
    slices: /\bENV\.values_at[ (]([^)\n]*)|%w[[(]([^\])\n]*)[\])]\.map\s*\{\s*\|\w+\|\s*ENV\[/g,
    writes: /(?<![.\w:@])(@?[a-z_]\w*)\s*<</g,
    body: /(?:\$stdin|\bSTDIN)\.(?:read\w*|gets)\b/g,
    sinks: [
      {
        kind: "command",
        call: /(?<![.\w])(?:Kernel\.)?(?:system|exec|spawn)\b(?=[ \t]*[("'#%a-z])|\b(?:IO\.popen|Open3\.\w+)\b/g,
        takes: "alone",
      },
      { kind: "command", call: /(?=`)|%x(?=[([{])/g },
      {
        kind: "code",
        call: /(?:(?<![.\w])|\b(?:TOPLEVEL_BINDING|binding)\.)eval\b|\b(?:instance|class|module)_eval\b(?!\s*(?:\{|do\b))|\bERB\.new\b/g,
      },
      {
        kind: "code",
        call: /(?<!\b(?:sock\w*|client|conn\w*|udp\w*)\.)\b(?:send\b(?![ \t(]*[^,()\n]*,\s*0\s*[,)])|(?:public_|__)send(?:__)?\b)(?=[ \t]*[("'a-z])|\bconst_get\b/g,
        takes: "first",
      },
      {
        kind: "code",
        call: /\b(?:Marshal\.(?:load|restore)|YAML\.unsafe_load)\b/g,
        takes: "first",
        makesObjects: true,
      },
      {
        kind: "path",
        call: /\b(?:File|IO)\.(?:read|open|new|readlines|foreach|binread|delete|unlink|write)\b|(?<![.\w])(?:open|load)\b(?=[ \t]*[("'#a-z])/g,
        takes: "first",
      },
    ],
  },
  php: {
    comment: /\/\/|#(?!\[)/y,
    blocks: slashes,
    strings: [
      { open: /"/y, escapes: true, multiline: true, names: dollarName },
      { open: /'/y, escapes: true, multiline: true },
      { open: /`/y, escapes: true, names: dollarName },
    ],
    heredoc: /<<<["']?([A-Za-z_]\w*)["']?/y,
    page: true,
    semicolons: true,
    variable: /\$((?:this->)?\w+)/g,
    sources: [
      /\$_(?:GET|POST|REQUEST|COOKIE)\b(?:[ \t]*\[[ \t]*(?:["']([\w-]+)["']|\$\w+))?/g,
      /\bfilter_input\(\s*INPUT_(?:GET|POST|COOKIE)\s*,\s*["']([\w-]+)["']\s*(?:,\s*FILTER_(?:DEFAULT|UNSAFE_RAW)\s*)?\)/g,
      /\b()import_request_variables\b|(?<=\bforeach\s*\(\s*)\$\{?\$()\w+/g,
      new RegExp(`\\$_(?:SERVER|ENV)\\[["'](${sent})["']|\\bgetenv\\(["'](${sent})["']`, "g"),
    ],
    apart: new RegExp(`["'](${sent})["']\\s*=>\\s*\\$(\\w+)(?=[^\\]\\n]*\\]\\s*=\\s*\\$_SERVER\\b)`, "g"),
    copies: /\$(\w+)\s*=\s*&?\s*\$_(?:SERVER|ENV)\s*$/g,
    spreads: [
      { call: /(?<![\w$>:])(?:extract|import_request_variables)(?=\s*\()/g, takes: "first" },
      { call: /(?<![\w$>:])(?:mb_)?parse_str(?=\s*\()/g, takes: "alone" },
      { call: /\$(?=\$\w+\s*=(?![=>]))|\$\{(?=["$][^}\n]*\}\s*=(?![=>]))|\$GLOBALS\[(?=\$)/g },
    ],
    body: /\b(?:file_get_contents|fopen|file)\s*\(\s*["']php:\/\/(?:input|stdin)["']/g,
    writes: /\b(?:mb_)?parse_str\s*\([^;]*,\s*\$(\w+)\s*\)|\barray_push\s*\(\s*\$((?:this->)?\w+)/g,
    sinks: [
      {
        kind: "command",
        call: /(?<![\w$>:]|function )(?:shell_exec|exec|system|passthru|popen|proc_open|pcntl_exec)\b(?=\s*\()/g,
        takes: "line",
      },
      { kind: "command", call: /(?=`)/g },
      { kind: "code", call: /(?<![\w$>:])(?:eval|assert|create_function)\b(?=\s*\()/g },
      { kind: "code", call: /(?<![\w$>:])call_user_func(?:_array)?\b(?=\s*\()/g, takes: "first" },
      { kind: "code", call: /(?<![\w$>:])(?=\$\w+\s*\()|\bnew\s+(?=\$\w+\s*[(;])/g, takes: "name" },
      { kind: "code", call: /(?<![\w$>:])unserialize\b(?=\s*\()/g, takes: "alone", makesObjects: true },
      { kind: "path", call: /(?<![\w$>:])(?:include|require)(?:_once)?\b/g },
      {
        kind: "path",
        call: /(?<![\w$>:]|function )(?:readfile|fopen|file|file_get_contents|file_put_contents|unlink|highlight_file|show_source)\b(?=\s*\()/g,
        takes: "first",
      },
    ],
  },
  node: {
    comment: /\/\/|^#!/y,
    blocks: slashes,
    strings: [...quotes, { open: /`/y, escapes: true, multiline: true, enters: [["${", "}"]] }],
    pattern: /([(,=!&|?{;:][ \t]*)\/(?![/*])(?:\\.|[^/\\\n])+\//y,
    variable: /(?<![.\w$])((?:this\.)?[A-Za-z_$][\w$]*)/g,
    sources: [new RegExp(`\\bprocess\\.env(?:\\.|\\[["'])(${sent})\\b`, "g")],
    apart: new RegExp(
      `(?<=\\{[^{}]*)\\b(${sent})\\b(?:\\s*:\\s*(\\w+))?(?=[^{}]*\\}\\s*=\\s*(?:process\\.)?env\\b(?!\\s*[.[]))`,
      "g",
    ),
    copies:
      /([\w$]+)\s*=\s*(?:\{\s*\.\.\.)?(?:process|require\([^)\n]*\))\.env\b(?!\s*[.[])|[{,]\s*(env)\b[^{}\n=]*\}\s*(?:=|from\b)/g,
    body: /\breadFileSync[ \t]*\([ \t]*(?:0\b|process\.stdin\.fd|["']\/dev\/stdin)|\bprocess\.stdin(?=\s*\)|\.on\(\s*["']data)/g,
    writes:
      /(?<![.\w$])((?:this\.)?[\w$]+)\.(?:push|unshift)\s*\(|\bstdin\.on\(\s*["']data["']\s*,[\s\w(]*?(\w+)\)?\s*(?:=>|\{)(?:[\s{(]*(\w+)(?:\s*\+=|\.push\())?/g,
    sinks: [
      {
        kind: "command",
        call: /(?<![.\w]|function )(?:execSync|exec)\b(?=\s*\()|(?:\b(?:child_process|cp)|\brequire\([^)]*\))\.exec(?:Sync)?\b/g,
        takes: "first",
      },
      { kind: "command", call: /(?<!\w|function )(?:spawn|execFile)(?:Sync)?\b(?=\s*\()/g, takes: "shell" },
      { kind: "code", call: /(?<![.\w])eval\b(?=\s*\()|\bvm\.runIn\w+/g, takes: "first" },
      { kind: "code", call: /(?<![.\w])Function\b(?=\s*\()/g },
      {
        kind: "path",
        call: /\b(?:readFile|createReadStream|writeFile|appendFile|unlink|createWriteStream)(?:Sync)?\b(?=\s*\()|(?<![.\w])require\b(?=\s*\()/g,
        takes: "first",
      },
    ],
  },
  lua: {
    comment: /--(?!\[\[)/y,
    blocks: [["--[[", "]]"]],
    strings: [...quotes, { open: /\[\[/y, close: "]]", multiline: true }],
    variable: /(?<!(?:^|[^.])\.|[:\w])([A-Za-z_]\w*)/g, // `..` joins texts
    sources: [new RegExp(`\\bos\\.getenv[ \\t]*\\(?[ \\t]*["'](${sent})["']`, "g")],
    copies: /(\w+)\s*=\s*os\.getenv\s*$/g,
    writes: /\btable\.insert\s*\(\s*(\w+)/g,
    body: /\bio\.(?:read[ \t]*\(|stdin:read)/g,
    sinks: [
      { kind: "command", call: /\b(?:io\.popen|os\.execute)\b/g },
      { kind: "code", call: /(?<![.:\w])(?:load|loadstring)\b(?=\s*\()/g },
      { kind: "path", call: /\bio\.(?:open|lines)\b|(?<![.:\w])(?:dofile|loadfile)\b|\bos\.remove\b/g, takes: "first" },
    ],
  },
  tcl: {
    comment: /#(?<=(?:^|[\n;{])[ \t]{0,80}#)/y,
    strings: [
      { open: /"/y, escapes: true, multiline: true, names: /\$(?:::)?\w+(?:\([^)\n]*\))?/y, enters: [["[", "]"]] },
    ],
    escapes: true,
    variable: /\$(?:::)?(\w+)/g,
    sources: [new RegExp(`\\$(?:::)?env\\((${sent})\\)`, "g"), /\bncgi::(?:value|import(?:All)?)[ \t]+([\w-]+)/g],
    copies:
      /\barray[ \t]+set[ \t]+(\w+)[ \t]+\[array[ \t]+get[ \t]+(?:::)?env\b|\bupvar[ \t]+#0[ \t]+(?:::)?env[ \t]+(\w+)/g,
    spreads: [{ call: /(?:^|[[{;\n])\s*set[ \t]+(?:::)?(?=\$)/g }],
    body: /\[(?:read|gets)[ \t]+stdin\b/g,
    writes:
      /\bgets[ \t]+stdin[ \t]+(\w+)|\bregexp\b.*?\$\w+(?:[ \t]+->)?((?:[ \t]+\w+)+)|\bdict[ \t]+(?:set|append|lappend)[ \t]+(\w+)|\b(?:ncgi::import(?:All)?|lassign[ \t]+(?:\[[^\]\n]*\]|\$\w+))((?:[ \t]+\w+)+)/g,
    sinks: [
      {
        kind: "command",
        call: /\bexec[ \t]+(?:\/bin\/)?(?:ba)?sh[ \t]+-c\b|(?<=[[\s{;])exec[ \t]+\{\*\}|(?<=(?:^|[[\n{;])[ \t]*)open(?=[ \t]+["$])/g,
      },
      { kind: "code", call: /(?<=(?:^|[[\n{;])[ \t]*)(?:eval|subst|source|uplevel)\b|\bexpr[ \t]+(?=[^{\s])/g },
    ],
  },
  c: {
    comment: /\/\/|(?<![^\n])[ \t]*#/y,
    blocks: slashes,
    strings: quotes,
    semicolons: true,
    variable: /(?<![.\w>])([A-Za-z_]\w*)/g,
    sources: [new RegExp(`\\bgetenv[ \\t]*\\([ \\t]*"(${sent})"`, "g")],
    body: /\b(?:fgets|fread|scanf|read|getline)[ \t]*\([^;]*\bstdin\b|\bread[ \t]*\([ \t]*(?:0|STDIN_FILENO)[ \t]*,/g,
    writes:
      /\b(?:str(?:n?cpy|n?cat|lcpy|lcat)|v?sn?printf|mem(?:cpy|move)|fgets|fread|sscanf)[ \t]*\([ \t]*&?(\w+)|\bread[ \t]*\([ \t]*(?:0|STDIN_FILENO)[ \t]*,[ \t]*(\w+)/g,
    sinks: [
      { kind: "command", call: /(?<![.\w>])(?:system|popen)\b(?=\s*\()/g, takes: "first" },
      { kind: "path", call: /(?<![.\w>])(?:fopen|open|unlink|remove|freopen|opendir)\b(?=\s*\()/g, takes: "first" },
    ],
  },
};
