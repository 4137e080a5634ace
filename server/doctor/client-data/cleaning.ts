// What a script does to a value of the request before it uses it: whether that may make it harmless. Where it is not
// sure, it may.

/** A regular expression that takes any text out of a value: `host=(.*)`, `[^&]*`. */
const takesAnything = /\(\.[*+]|\[\^[&;=]|\.\*\\\)|\(\\S[*+]/;

/** What begins the text that is to be replaced: `replace("`, `tr/`, `s/`, `${x//`. */
const replacesFrom =
  /(?<!%)(?:\b|(?<=_))(?:replace\w*|g?sub|tr|y|s|sed(?:\s+-\w+)*)\b!?[\s(]*(?:\w+,\s*)?["'`]?[syr]?["'/{|]+|\bs\/|["';]\s*s\/|\{!?\w+\/\//
    .source;
/** An escape, a plus or blanks, a word, a field's name or the first slash alone: `+`, `%20`, `x`, `^host=`, `^/`. */
const encoded =
  /(?:\^|\\A)\\?\/|(?:\^|\\A|\\b|\^?\.\*)?(?!(?:[sy]|tr)\/)\w+(?:=|\\b)?(?=[/|"'])|\\?[+%]|\(?%|\\[rns]|\^?\\s|[ \t&=,]/
    .source;
/** The value is decoded or trimmed. */
const decodes = new RegExp(`(?:${replacesFrom})(?:${encoded})`);

const replaces =
  /\b(?:replace\w*|preg_replace\w*|str_replace|g?sub!?(?!\(-?\d)|re\.sub|tr|sed|translate|delete)\b|=~\s*(?:s|tr|y)\b|[;{]\s*(?:s|tr|y)\/|\$\{!?\w+(?:\[[^\]]*\])?\/\/?/;

/** A number, a date, two letters or a path's last part: `(int)`, `+ 0`, `sprintf('%d'`, `Path(x).name`. */
const isNarrowed =
  /\((?:int|integer|float|double|bool|boolean)\)|\bsprintf\b[\s(]*["']%\d*d["']|\+\s*0\b|^\s*\+\w|isoformat|string map [^\n]*\\\[|str[pf]time|strtotime|secure_filename|\)\.(?:name|stem)\b|split\(["']\/["'](?:, ?1)?\)(?:\[-1\]|\.pop\b)|\$\{\w+##\*\/|, ?0, ?2\)/;
/** Names of functions that escape, measure, convert or test. */
const cleans =
  /(?<!un|un_|decode)(?:escape|quote|encode_|_encode|urlencode|build_query)(?!d|r\b)|(?:sanit|clean|valid|filter(?!_input\(\s*INPUT_\w+\s*,[^,()]*(?:,\s*FILTER_(?:DEFAULT|UNSAFE_RAW)\s*)?\))|base64|digest|crypt|sha\d|md5|(?<!\b(?:info|dict) )exists(?! \$)|isal|isdigit|isnum|check(?!_output|_call))|(?:\.|\b)(?:basename|realpath|safe\w*|int|float|intval|floatval|tonumber|tointeger|Number|parseInt|parseFloat|atoi|atol|strtoul?l?|Integer|Float|len|length|strlen|size|count|quotemeta|list2cmdline|shellescape|shellwords|hash|abs|bool|uuid|ord)(?:\s*\(|\s+["'$\w])|\.(?:to_i|to_f|to_sym|length|size|count|basename|hash|ord|hex)\b|\bbasename\b|\bfile tail\b|\\Q/;
/** `%2F` becomes a sign again: `chr(int(h, 16))`. */
const readsHex = /\b(?:tonumber|int|parseInt|strtoul?|Integer)(?=\([^()]*(?:\([^()]*\)[^()]*)?,\s*16\s*\))/g;
const decodesBase64 = /\b(?:base64\.\w*decode\w*|Base64\.\w*decode\w*|base64_decode|decode_base64)\b/g;
/** All signs but a few are taken out: `replace(/[^a-z]/g, "")`, `tr -cd a-z`. */
const removesOthers = /\btr\s+-(?:cd|dc|d\s+-c|c\s+-d)\b|\[\^[^\]]{1,80}\][+*]?(?:\/\/|["'/]\w*,\s*r?(?:""|''))/;
/** A pattern of few signs: `[a-z]`, `[^\w.]`, `\d+`, Lua's `%w+`. */
const fewSigns = /\[\^?[\w\\%[][^\]&]{0,40}\]|[\\%][dwa][+*{)]/;

/** The statement has a regular expression: `=~`, `.match(`, `/.exec(`, Ruby's `x[/`. */
const mayMatch = /=~|match|search|regexp|scan|sed|grep|\/\w{0,9}\.exec\b|\[\/|tr\b|sub\b/;

/** Parts of the names of functions that take a text apart. */
const takesApart = /decode|unescape|unquote|parse|split|partition/i;
/** Other functions that pass on what they are given, in lower case. */
const passOn = new Set(
  `strip trim chomp lower upper join get first last shift pop str sub format printf concat list dict map url pack chr
  hex lc uc sort reverse to_s to_h new fetch from replace tr keys value values items entries pairs ipairs gmatch push match search group groups regexp set
  write out echo print puts cat head tail cut awk sed xargs utf8 bytes path array hash isset defined empty getenv environ
  open popen exec system eval wait die fork file dir params param multi_param url_param cookies cookie header redirect
  query cgi input stdin data body text field fields form read my our local if and or not while for foreach return unless
  elsif elif switch in urlsearchparams searchparams has fromentries elem getvalue getfirst getlist getall strcpy strncpy strcat
  strncat strdup strndup strchr strrchr strstr strtok strsep sprintf snprintf vsnprintf rstrip lstrip ltrim rtrim
  dirname stripslashes strip_tags implode explode strtolower strtoupper mb_strtolower mb_substr str_replace preg_match
  preg_replace array_shift array_pop array_values array_keys array_map readline readlines readfile fieldstorage tostring
  gsub slice substring substr upcase downcase lcfirst ucfirst shell_exec passthru proc_open execsync readfilesync run
  call check_call check_output getoutput capture2 capture3 spawn file_get_contents include require include_once
  require_once fopen opendir unlink remove freopen createreadstream writefile appendfile load loadstring dofile delete
  delete_prefix removeprefix path_info env http_get bytestring encode tolowercase touppercase at
  resolve concat await append extend string function char fromcharcode qw values_at array_merge fread stream_get_contents filter_input sizeof simplecookie loads thaw import_names`.split(
    /\s+/,
  ),
);
/** Functions of the script's own that read the request: `get_param`, `read_body`. */
const reads = /_(?:param|params|field|value|query|form|body|cookie|input)$/i;
/** Whether the name of a function of the script's own says that it makes a value harmless. */
export const trustsName = (name: string): boolean => cleans.test(`${name}(`);
export const passes = (name: string): boolean =>
  takesApart.test(name) || passOn.has(name.toLowerCase()) || reads.test(name);

/** Whether the value of an expression may be harmless, although client data is in it. `raw`, `code`: see `mask`. */
export function mayClean(raw: string, code: string, isBody: boolean): boolean {
  const undone = code.replace(readsHex, "_").replace(decodesBase64, "_");
  const calls = isBody
    ? undone.replace(/\b(?:int|Number|atoi|Integer|parseInt|to_i|tonumber|strtol|size|count|length|len|min)\b/g, "_")
    : undone;
  if (cleans.test(calls) || isNarrowed.test(raw)) return true;
  if (removesOthers.test(raw)) return true;
  if (replaces.test(code) && !decodes.test(raw) && !takesAnything.test(raw)) return true;
  if (/&(?:lt|amp|#)/.test(raw)) return true;
  if (mayMatch.test(raw) && fewSigns.test(raw) && !decodes.test(raw) && !takesAnything.test(raw)) return true;
  const mapped = /\barray_map\(\s*["'](\w+)/.exec(raw)?.[1];
  if (mapped !== undefined && (cleans.test(`${mapped}(`) || !passes(mapped))) return true;
  for (const [, name = ""] of calls.matchAll(/(?<![\w$@%>])([A-Za-z_]\w*[!?]?)\(/g))
    if (!/^_+$/.test(name) && !passes(name)) return true;
  return false;
}

export const isExtraction = (raw: string): boolean => takesAnything.test(raw);
export const isDecoding = (raw: string): boolean => decodes.test(raw);
