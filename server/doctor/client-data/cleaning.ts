// What a script does to a value of the request before it uses it: whether that may make it harmless. Where it is not
// sure, it may.

/** A regular expression that takes any text out of a value: `host=(.*)`, `[^&]*`. */
const takesAnything = /\(\.[*+]|\[\^[&;=]|\.\*\\\)|\(\\S[*+]/;

/** The text replaced is an escape, a plus or blanks: the value is decoded or trimmed. */
const decodes =
  /(?:\b(?:replace\w*|g?sub|tr|y|s|sed(?:\s+-\w+)*)\b!?[\s(]*["'`]?(?:s|y|r)?["'/{|]+|\bs\/|["';]\s*s\/|\/\/)(?:(?:\^|\\A)?\w+=|\\?[+%]|\(?%|\\[rns]|\^?\\s|[ \t&=])/;

const replaces =
  /\b(?:replace\w*|preg_replace\w*|str_replace|g?sub!?|re\.sub|tr|sed|translate|delete)\b|=~\s*(?:s|tr|y)\b|\$\{\w+(?:\[[^\]]*\])?\/\/?/;

const cleans =
  /(?<!un|un_|decode)(?:escape|quote|encode_|_encode|urlencode)(?!d|r\b)|(?:sanit|clean|valid|filter|base64|digest|crypt|sha\d|md5|exists|isal|isdigit|isnum|check)|(?:\.|\b)(?:basename|realpath|safe\w*|int|float|intval|floatval|tonumber|tointeger|Number|parseInt|parseFloat|atoi|atol|strtoul?l?|Integer|Float|len|length|strlen|size|count|quotemeta|list2cmdline|shellescape|shellwords|hash|abs|bool|uuid|ord)(?:\s*\(|\s+["'$\w])|\.(?:to_i|to_f|to_sym|length|size|count|basename|hash|ord)\b|\bbasename\b|\\Q/;

/** Functions that pass on what they are given. */
const passes =
  /^(?:\w*(?:decode|unescape|unquote|parse|split|partition|strip|trim|chomp|lower|upper|join|get|first|last|shift|pop|str|sub|format|printf|concat|param|read|dict|list|map|url|pack|chr|hex|lc|uc|sort|reverse|to_s|to_h|form|field|new|fetch|from|replace|tr|keys|value|values|push|match|search|group|regexp|set|write|out|echo|print|puts|cat|echo|head|tail|cut|awk|sed|xargs|utf8|bytes|path|array|hash|isset|defined|empty|getenv|environ|decodeURIComponent|open|popen|exec|system|eval|wait|die|fork|File|system|dir|params|cookies|cookie|header|redirect|query|cgi|input|stdin|data|body|text|my|our|local|if|and|or|not|while|for|foreach|return|unless|elsif|elif|switch|in)\w*)$/i;

/** Whether the value of an expression may be harmless, although client data is in it. `raw`, `code`: see `mask`. */
export function mayClean(raw: string, code: string, isBody: boolean): boolean {
  const calls = isBody
    ? code.replace(/\b(?:int|Number|atoi|Integer|parseInt|to_i|tonumber|strtol|size|count|length|len|min)\b/g, "_")
    : code;
  if (cleans.test(calls)) return true;
  if (replaces.test(code) && !decodes.test(raw) && !takesAnything.test(raw)) return true;
  if (
    /&(?:lt|amp|#)/.test(raw) ||
    (/\[\^?[\w\\%[][^\]&]{0,40}\]/.test(patternsOf(raw)) && !decodes.test(raw) && !takesAnything.test(raw))
  )
    return true;
  for (const [, name = ""] of calls.matchAll(/(?<![\w$@%>])([A-Za-z_]\w*[!?]?)\(/g))
    if (name !== "_" && !passes.test(name)) return true;
  return false;
}

/** The parts of a statement that may be regular expressions. */
const patternsOf = (raw: string): string => (/=~|match|search|regexp|scan|sed|grep|tr\b|sub\b/.test(raw) ? raw : "");

export const isExtraction = (raw: string): boolean => takesAnything.test(raw);
export const isDecoding = (raw: string): boolean => decodes.test(raw);
