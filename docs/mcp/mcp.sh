#!/bin/sh
# A CGI script that is an MCP server over HTTP: an assistant sends each message
# with POST to /cgi-bin/mcp.sh, and the script prints the answer.
#
# A shell has no JSON. This one finds the few members that it needs by pattern,
# which is enough for messages on one line, as clients send them. The id goes
# back as it came; nothing of the message is run.

respond() { # status, body
  printf 'Status: %s\nContent-Type: application/json\n\n' "$1"
  [ -z "$2" ] || printf '%s\n' "$2"
  exit
}
member() { # name, pattern of its value: the first one in the message
  printf '%s' "$message" | tr -d '\n' | sed -n "s/^.*\"$1\" *: *\($2\).*\$/\1/p"
}
text() { printf '{"content":[{"type":"text","text":"%s"}]%s}' "$1" "$2"; }

[ "$REQUEST_METHOD" = POST ] || respond '405 Method Not Allowed'
message=$(head -c "${CONTENT_LENGTH:-0}")
method=$(member method '"[a-zA-Z/]*"')
[ -n "$method" ] || respond '400 Bad Request' '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"This is no message."}}'
id=$(member id '"[A-Za-z0-9_-]*"\|[0-9][0-9]*')
[ -n "$id" ] || respond '202 Accepted'

case $method in
  '"initialize"')
    version=$(member protocolVersion '"[0-9-]*"')
    result='{"protocolVersion":'${version:-'"2025-11-25"'}',"capabilities":{"tools":{},"logging":{},"completions":{},"resources":{},"prompts":{}},"serverInfo":{"name":"sum","version":"1.0"}}'
    ;;
  '"ping"' | '"logging/setLevel"') result='{}' ;;
  '"tools/list"')
    result='{"tools":[{"name":"add","description":"Adds two whole numbers.","inputSchema":{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}}]}'
    ;;
  '"tools/call"')
    a=$(member a '-\{0,1\}[0-9]\{1,15\}')
    b=$(member b '-\{0,1\}[0-9]\{1,15\}')
    if [ -n "$a" ] && [ -n "$b" ]; then result=$(text "$((a + b))"); else result=$(text 'Call add with two whole numbers.' ',"isError":true'); fi
    ;;
  '"completion/complete"') result='{"completion":{"values":[],"total":0,"hasMore":false}}' ;;
  '"resources/list"') result='{"resources":[]}' ;;
  '"prompts/list"') result='{"prompts":[]}' ;;
  *) respond '200 OK' '{"jsonrpc":"2.0","id":'"$id"',"error":{"code":-32601,"message":"There is no such method."}}' ;;
esac
respond '200 OK' '{"jsonrpc":"2.0","id":'"$id"',"result":'"$result"'}'
