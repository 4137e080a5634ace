#!/bin/sh
# Says what is wrong on this machine with {{{name}}} on {{{server}}}, each time with the command that repairs it.
# Run it as root, where the kit lies: {{{at}}}. It changes nothing, and runs nothing of the site as root.
at={{at}}
name={{name}}
group={{group}}
port={{port}}
faults=0
# A star in a name is a star.
set -f

# What comes from the site is shown without the characters that a terminal obeys.
fault() {
    faults=$((faults + 1))
    printf '✗ %s\n  repair: %s\n' "$1" "$2" | tr -d '\001-\010\013-\037\177'
}
# A name as a word of the command that repairs
word() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
has() { command -v "$1" >/dev/null 2>&1; }
is_user() { id "$1" >/dev/null 2>&1; }
# Whether a user can do this with a file: can USER -r FILE. Who is not there is named once, below.
can() { runuser -u "$1" -- test "$2" "$3" 2>/dev/null || ! is_user "$1"; }
# Whether the scripts' user can run a program with these words
runs() { (cd / && runuser -u "$name" -- env -i PATH="$PATH" "$@") </dev/null >/dev/null 2>&1 || ! is_user "$name"; }
# The value of a variable in .env, read by the rules of systemd's EnvironmentFile=: nothing of it is run.
value_of() {
    awk -v want="$1" '
    function end() { if (key == want) { found = 1; result = value } state = "" }
    function add(text) { value = value text; kept = length(value) }
    {
        line = $0 "\n"
        for (at = 1; at <= length(line); at++) {
            c = substr(line, at, 1)
            ends = c == "\n" || c == "\r"
            blank = ends || c == " " || c == "\t"
            if (state == "comment") { if (ends) state = "" }
            else if (state == "") {
                if (c == "#" || c == ";") state = "comment"
                else if (!blank) { state = "key"; key = c; value = ""; kept = 0 }
            } else if (state == "key") {
                if (ends) state = ""
                else if (c == "=") { state = "before"; sub(/[ \t]+$/, "", key) }
                else key = key c
            } else if (state == "before") {
                if (ends) end()
                else if (c == "\047") state = "single"
                else if (c == "\"") state = "double"
                else if (c == "\\") state = "escape"
                else if (!blank) { state = "value"; add(c) }
            } else if (state == "value") {
                if (ends) { value = substr(value, 1, kept); end() }
                else if (c == "\\") state = "escape"
                else if (blank) value = value c
                else add(c)
            } else if (state == "escape") { state = "value"; if (!ends) add(c) }
            else if (state == "single") { if (c == "\047") state = "before"; else add(c) }
            else if (state == "double") {
                if (c == "\"") state = "before"
                else if (c == "\\") state = "escape in double"
                else add(c)
            } else {
                state = "double"
                if (index("\"\\`$", c)) add(c)
                else if (!ends) add("\\" c)
            }
        }
    }
    END { printf "%s", result; exit !found }' "$at/.env" 2>/dev/null
}

PATH="$PATH:/usr/sbin:/sbin"
[ "$(id -u)" = 0 ] || { echo "Run it as root: sudo $0"; exit 2; }
[ "$(cd "$(dirname "$0")" && pwd)" = "$at" ] || fault "This is not $at, where the configuration expects it" "cp -r . $at"

# The server
has {{program}} || fault {{server}}" is not installed" "apt-get install "{{program}}
{{#modules}}[ -e {{file}} ] || fault "the module "{{module}}" is missing" {{repair}}{{/modules}}
{{#hasService}}[ -e {{installed}} ] || fault {{installed}}" is missing" "ln -sb $at/$name.conf "{{installed}}{{/hasService}}
{{?otherSite}}
[ ! -e {{otherSite}} ] || fault {{otherSite}}" answers in the place of $name, which has no host name of its own" \
    "rm -f "{{otherSite}}" && systemctl reload "{{service}}
{{/otherSite}}
# The configuration names the variables. Their values are data here.
configured() {
    set --
{{#variables}}
    set -- "$@" {{variable}}="$(value_of {{variable}})"
{{/variables}}
    env "$@" {{{test}}}
}
said=$(configured 2>&1) || fault "The configuration is refused: $said" "edit $at/$name.conf, then check again"
{{?fcgiwrap}}has fcgiwrap || fault "fcgiwrap is not installed" "apt-get install fcgiwrap"{{/fcgiwrap}}
is_user "$name" ||
    fault "There is no user $name" "useradd --system --home-dir $at --shell /usr/sbin/nologin $name"
getent group "$group" >/dev/null || fault "There is no group $group" "apt-get install --reinstall "{{program}}
server_user=$(getent passwd "$group" | cut -d: -f1)
server_user=${server_user:-$name}

# The languages, their modules and their versions
{{#programs}}
has {{program}} || fault {{program}}" is missing, for "{{path}} {{repair}}
{{/programs}}
{{#checks}}
if has {{program}} && ! runs {{program}} {{option}} {{code}}; then
    fault {{program}}" has no module "{{module}}", for "{{path}} "apt-get install "{{install}}
fi
{{/checks}}
{{#versionChecks}}
if has {{program}} && can "$name" -r "$at/site/"{{path}} && ! runs {{program}} {{option}} {{code}} "$at/site/"{{path}}; then
    fault {{program}}" cannot read "{{path}}", which needs another version or has a mistake" "edit $at/site/"{{path}}", or name another program in its first line"
fi
{{/versionChecks}}

# The scripts
mount_options=$(findmnt -n -o OPTIONS -T "$at/site" 2>/dev/null)
case ",$mount_options," in
*,noexec,*) fault "Nothing can be started below $at: it is mounted with noexec" \
    "mount -o remount,exec $(findmnt -n -o TARGET -T "$at/site")" ;;
esac
# script PATH USER IS_STARTED
script() {
    file="$at/site/$1"
    if [ ! -f "$file" ]; then
        fault "$file is missing" "copy it from the kit"
        return
    fi
    if ! can "$2" -r "$file"; then
        # A folder above it may be what is closed.
        closed="$file"
        above=${file%/*}
        while [ -n "$above" ]; do
            can "$2" -x "$above" || closed="$above"
            above=${above%/*}
        done
        fault "$2 cannot read $closed" "chmod o+rX $(word "$closed")"
    fi
    facts=$(stat -c '%A %U' "$file")
    case $facts in
    ????????w?*) fault "everybody can change $file" "chmod o-w $(word "$file")" ;;
    esac
    [ "${facts#* }" = "$2" ] && fault "$file belongs to $2, so it can change itself" "chown root $(word "$file")"
    [ "$3" = yes ] || return
    [ -x "$file" ] || fault "$file has no execute bit" "chmod 755 $(word "$file")"
    first=$(head -c 512 "$file" | tr -d '\000' | head -n 1)
    case $first in
    '#!'*) ;;
    *) return ;;
    esac
    cr=$(printf '\r')
    [ "${first%"$cr"}" = "$first" ] || fault "the first line of $file ends in a carriage return" "sed -i 's/\\r\$//' $(word "$file")"
    first=${first#\#!}
    first=${first%"$cr"}
    # shellcheck disable=SC2086
    set -- $first
    program=${1-}
    case $program in
    */env)
        # It searches for the first word that is neither an option nor a variable.
        shift
        while [ $# -gt 0 ]; do
            case $1 in
            -* | *=*) shift ;;
            *) break ;;
            esac
        done
        program=${1-}
        ;;
    esac
    [ -z "$program" ] || has "$program" ||
        fault "$program, which the first line of $file names, is missing" \
            "apt-get install $(word "$(basename -- "$program")")"
}
{{#cgiScripts}}script {{path}} "$server_user" yes{{/cgiScripts}}
{{#passedScripts}}script {{path}} "$name" {{starts}}{{/passedScripts}}
{{#written}}
if [ ! -d {{folder}} ]; then
    fault {{folder}}", where scripts write, is missing" "install -d -o $name -g $name $(word {{folder}})"
elif ! can "$name" -w {{folder}}; then
    fault "$name cannot write to "{{folder}} "chown $name $(word {{folder}})"
fi
{{/written}}

{{?variables}}
# The variables
if [ ! -f "$at/.env" ]; then
    fault "$at/.env is missing" "install -m 640 -g $name $at/.env.example $at/.env"
else
    case $(stat -c %A "$at/.env") in
    ???????---) ;;
    *) fault "everybody can read $at/.env" "chmod 640 $at/.env" ;;
    esac
{{/variables}}
{{#open}}
    value_of {{variable}} >/dev/null || fault "$at/.env does not have "{{variable}} "edit $at/.env"
{{/open}}
{{#secrets}}
    [ -n "$(value_of {{variable}})" ] || fault "$at/.env has no value for "{{variable}} "edit $at/.env"
{{/secrets}}
{{?variables}}fi{{/variables}}
{{?guards}}
[ -s "$at/htpasswd" ] || fault "$at/htpasswd is missing" "copy your own, then: chown root:$group $at/htpasswd && chmod 640 $at/htpasswd"
{{/guards}}

# The sockets
{{#backends}}
socket=/run/$name/{{{id}}}.sock
if [ ! -S "$socket" ]; then
    fault "nothing listens at $socket" "systemctl enable --now $name-{{{id}}}.socket"
else
    [ "$(stat -c '%a %U %G' "$socket")" = "660 $name $group" ] ||
        fault "$socket is not for $name and $group alone" "systemctl restart $name-{{{id}}}.socket"
fi
{{/backends}}

# The port, and one request
if has ss; then
    listens=$(ss -Hltnp "sport = :$port")
    case $listens in
    '') fault "nothing listens at port $port" "systemctl restart "{{service}} ;;
    *\"{{{program}}}*) ;;
    *) fault "another program has the port $port: ${listens##*users:}" "stop it, or change the port in $at/$name.conf" ;;
    esac
fi
if has curl; then
    status=$(curl -s -o /dev/null -m 20 -w '%{http_code}' {{{hostOption}}}"http://127.0.0.1:$port"{{first}})
    case $status in
    000) fault "the server does not answer at port $port" "systemctl status "{{service}} ;;
    5* | 404) fault "a request for "{{first}}" is answered with $status" "journalctl -n 20 -u '$name-*' -u "{{service}} ;;
    esac
else
    fault "curl is missing, so no request was sent" "apt-get install curl"
fi

[ $faults = 0 ] && echo "✓ nothing is wrong with $name"
[ $faults = 0 ]
