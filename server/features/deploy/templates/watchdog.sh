#!/bin/sh
# Between OpenFaaS's classic watchdog and a CGI script: watchdog.sh SCRIPT FUNCTION. The watchdog calls what it knows of
# a request Http_…, and sends what is written here as the body of a response of the status 200 and of one type.
script=$1
file={{site}}/$1
fail() {
    printf '%s: %s\n' "$script" "$1" >&2
    exit 1
}
export GATEWAY_INTERFACE=CGI/1.1 SERVER_PROTOCOL=HTTP/1.1 SERVER_SOFTWARE=classic-watchdog REMOTE_ADDR=127.0.0.1
export REQUEST_METHOD="$Http_Method" QUERY_STRING="${Http_Query-}" SCRIPT_NAME="/function/$2" SCRIPT_FILENAME="$file"
host=${Http_Host:-localhost}
SERVER_PORT=$(expr "$host" : '.*:\([0-9][0-9]*\)$') || SERVER_PORT=80
export SERVER_PORT SERVER_NAME="${host%":$SERVER_PORT"}"
# The gateway leaves the function's own name out of the path.
case ${Http_Path-} in
'' | /) export PATH_INFO= ;;
*) export PATH_INFO="$Http_Path" PATH_TRANSLATED={{site}}"$Http_Path" ;;
esac
if [ "${Http_Content_Length:-0}" -lt 0 ]; then
    # A body whose length nobody said: CGI wants one.
    body=$(mktemp) && cat >"$body" && exec <"$body" && rm "$body" || fail "the request body cannot be kept in /tmp"
    Http_Content_Length=$(stat -L -c %s /dev/stdin)
fi
[ "${Http_Content_Length:-0}" -gt 0 ] && export CONTENT_LENGTH="$Http_Content_Length"
[ -n "${Http_Content_Type-}" ] && export CONTENT_TYPE="$Http_Content_Type"
# The other fields are HTTP_…: but not Proxy, by which a client would choose the proxy that a script uses.
eval "$(LC_ALL=C awk 'BEGIN {
    for (name in ENVIRON) if (name ~ /^Http_[A-Za-z0-9_]+$/) {
        value = ENVIRON[name]
        gsub(/\047/, "\047\"\047\"\047", value)
        if (name !~ /^Http_(Method|Query|Path|Content_?Length|Content_Type|Transfer_Encoding|Proxy)$/)
            print "export " toupper(name) "=\047" value "\047"
        print "unset " name
    }
}')"
case $script in
{{#scripts}}
{{#passesAuthorization}}{{path}}) ;;{{/passesAuthorization}}
{{/scripts}}
*) unset HTTP_AUTHORIZATION ;;
esac
{{#secrets}}
{{{variable}}}=$(cat /var/openfaas/secrets/{{{secret}}}) || fail "the secret {{{secret}}} is missing"
export {{{variable}}}
{{/secrets}}
cd "$(dirname "$file")" || exit 1
# shellcheck disable=SC2154
type=$content_type
unset content_type fprocess combine_output
"$file" | {
    cr=$(printf '\r')
    has_type=
    while IFS= read -r line; do
        line=${line%"$cr"}
        value=${line#*:}
        value=${value#"${value%%[! ]*}"}
        case $(printf %s "${line%%:*}" | tr '[:upper:]' '[:lower:]') in
        '') [ -n "$has_type" ] && exec cat || break ;;
        content-type)
            has_type=yes
            [ "$value" = "$type" ] || fail "the response is $value, and stack.yaml says $type"
            ;;
        status) [ "${value%% *}" = 200 ] || fail "the watchdog cannot send this: $line" ;;
        location | set-cookie | www-authenticate) fail "the watchdog cannot send this: $line" ;;
        *) printf '%s: the watchdog does not send this: %s\n' "$script" "$line" >&2 ;;
        esac
    done
    fail "the script wrote no header with a Content-Type"
}
