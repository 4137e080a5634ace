#!/bin/sh
# Says what is wrong on this machine with {{{name}}} on {{{server}}}, each time with the command that repairs it.
# Run it as root, where the kit lies: {{{at}}}. It changes nothing.
at={{at}}
name={{name}}
group={{group}}
port={{port}}
faults=0

fault() {
    faults=$((faults + 1))
    printf '✗ %s\n  repair: %s\n' "$1" "$2"
}
has() { command -v "$1" >/dev/null 2>&1; }
# Whether a user can do this with a file: can USER -r FILE
can() { runuser -u "$1" -- test "$2" "$3" 2>/dev/null; }

PATH="$PATH:/usr/sbin:/sbin"
[ "$(id -u)" = 0 ] || { echo "Run it as root: sudo $0"; exit 2; }
[ "$(cd "$(dirname "$0")" && pwd)" = "$at" ] || fault "This is not $at, where the configuration expects it" "cp -r . $at"

# The server
has {{program}} || fault {{server}}" is not installed" "apt-get install "{{package}}
{{#modules}}[ -e {{file}} ] || fault "the module "{{module}}" is missing" {{repair}}{{/modules}}
{{#hasService}}[ -e {{installed}} ] || fault {{installed}}" is missing" "ln -sb $at/$name.conf "{{installed}}{{/hasService}}
# shellcheck disable=SC1091
said=$( (set -a; [ ! -f "$at/.env" ] || . "$at/.env"; {{{test}}}) 2>&1) || fault "The configuration is refused: $said" "edit $at/$name.conf, then check again"
{{#usesWrap}}has fcgiwrap || fault "fcgiwrap is not installed" "apt-get install fcgiwrap"{{/usesWrap}}
{{#usesPhp}}has php-cgi || fault "php-cgi is not installed" "apt-get install php-cgi"{{/usesPhp}}
id "$name" >/dev/null 2>&1 ||
    fault "There is no user $name" "useradd --system --home-dir $at --shell /usr/sbin/nologin $name"
getent group "$group" >/dev/null || fault "There is no group $group" "apt-get install --reinstall "{{package}}
server_user=$(getent passwd "$group" | cut -d: -f1)
server_user=${server_user:-$name}

# The languages and their modules
{{#checks}}
if ! has {{start}}; then
    fault {{start}}" is not installed, for "{{path}} "apt-get install "{{start}}
elif ! ({{{command}}}) >/dev/null 2>&1; then
    fault {{start}}" has no module "{{module}}", for "{{path}} "apt-get install "{{install}}
fi
{{/checks}}

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
        above=$(dirname "$file")
        while [ "$above" != / ]; do
            can "$2" -x "$above" || closed="$above"
            above=$(dirname "$above")
        done
        fault "$2 cannot read $closed" "chmod o+rX '$closed'"
    fi
    case $(stat -c %A "$file") in
    ????????w?) fault "everybody can change $file" "chmod o-w '$file'" ;;
    esac
    [ "$(stat -c %U "$file")" = "$2" ] && fault "$file belongs to $2, so it can change itself" "chown root '$file'"
    [ "$3" = yes ] || return
    [ -x "$file" ] || fault "$file has no execute bit" "chmod 755 '$file'"
    first=$(head -n 1 "$file" | tr -d '\000')
    case $first in
    '#!'*) ;;
    *) return ;;
    esac
    cr=$(printf '\r')
    case $first in
    *"$cr") fault "the first line of $file ends in a carriage return" "sed -i 's/\\r\$//' '$file'" ;;
    esac
    # shellcheck disable=SC2086
    set -- ${first#\#!}
    program=$1
    case $program in
    */env) [ "$2" = -S ] && shift; program=$2 ;;
    esac
    has "$(printf %s "$program" | tr -d '\r')" ||
        fault "$program, which the first line of $file names, is missing" "apt-get install $(basename "$program")"
}
{{#cgiScripts}}script {{path}} "$server_user" yes{{/cgiScripts}}
{{#passedScripts}}script {{path}} "$name" {{starts}}{{/passedScripts}}

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
{{#variables}}    grep -q {{given}} "$at/.env" || fault "$at/.env has no value for "{{variable}} "edit $at/.env"{{/variables}}
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
