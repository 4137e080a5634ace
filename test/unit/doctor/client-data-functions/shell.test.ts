// biome-ignore-all lint/suspicious/noTemplateCurlyInString: scripts, in which a name in braces is a variable
import { testPairs } from "./pairs.js";

testPairs("shell", [
  {
    what: "a function on one line",
    script: ['get() { echo "HERE"; }', 'sh -c "ls $(get)"', 'echo "$QUERY_STRING"'],
    vulnerable: "$QUERY_STRING",
    healthy: "$HOME",
  },
  {
    what: "a part of a value",
    script: ["name=$QUERY_STRING", "HERE || exit", 'cat "pages/${name##*/}"'],
    vulnerable: '[ -n "$name" ]',
    healthy: "[[ ${name##*/} =~ ^[a-z]+$ ]]",
  },
  {
    what: "a shell's function",
    script: [
      "run() {",
      '  sh -c "ls $1"',
      "}",
      "body=$(head -c ${CONTENT_LENGTH:-0})",
      "name=${body#name=}",
      "HERE",
      'run "$name"',
    ],
    vulnerable: '[ "x$name" != x ] || exit',
    healthy: '[ "x$name" = xlist ] || exit',
  },
  {
    what: "a field that a shell's function prints",
    script: [
      "decode() {",
      "  printf '%b' \"${1//%/\\\\x}\"",
      "}",
      "get() {",
      "  for pair in ${QUERY_STRING//&/ }; do",
      '    if [[ ${pair%%=*} == "$1" ]]; then',
      '      decode "${pair#*=}"',
      "    fi",
      "  done",
      "}",
      "name=$(get name)",
      "HERE",
      'cat "pages/$name"',
    ],
    vulnerable: "[[ -n $name ]] || exit",
    healthy: "[[ $name =~ ^[a-z]+$ ]] || exit",
  },
  {
    what: "another name",
    script: ["color=red", "declare -n ref=HERE", 'sh -c "ls $ref"', 'echo "$QUERY_STRING"'],
    vulnerable: "QUERY_STRING",
    healthy: "color",
  },
]);
