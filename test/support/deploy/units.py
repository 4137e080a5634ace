"""Starts socket and service units as systemd would: the socket as descriptor 0, the user, the environment, the folder.
Usage: units.py UNIT...
       units.py with FILE... -- COMMAND...   starts a command with what the files of variables say"""
import os
import pwd
import grp
import re
import shlex
import socket
import sys
import time

FOLDER = "/etc/systemd/system/"
LOG = "/var/log/units.log"


def read(unit):
    values = {}
    for line in open(FOLDER + re.sub(r"@\w+\.", "@.", unit), encoding="utf-8"):
        name, equals, value = line.rstrip("\n").partition("=")
        if equals and not line.startswith("#"):
            values.setdefault(name, []).append(value)
    return values


def plain(value, instance):
    return value.replace("%i", instance).replace("%%", "%")


def listening(unit):
    values = read(unit)
    path = values["ListenStream"][0]
    if os.path.exists(path):
        os.unlink(path)
    os.makedirs(os.path.dirname(path), 0o755, exist_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chown(path, pwd.getpwnam(values["SocketUser"][0]).pw_uid, grp.getgrnam(values["SocketGroup"][0]).gr_gid)
    os.chmod(path, int(values["SocketMode"][0], 8))
    listener.listen(1024)
    return listener


# One assignment, by systemd.exec(5): words in quotes and without, which follow each other.
ASSIGNMENT = re.compile(
    r"""[ \t]*([^\s#;=][^=\n]*)=((?:[ \t]*(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|(?:\\[\s\S]|[^\s"'\\])(?:\\[\s\S]|[^\n\\])*))*)""")
PART = re.compile(r"""[ \t]*(?:"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|((?:\\[\s\S]|[^\s"'\\])(?:\\[\s\S]|[^\n\\])*))""")


def variables(path):
    found = {}
    text = open(path, encoding="utf-8").read()
    at = 0
    while at < len(text):
        match = ASSIGNMENT.match(text, at)
        if match:
            value = ""
            for double, single, bare in PART.findall(match[2]):
                bare = re.sub(r"(?:(\\[\s\S])|[ \t])+$", lambda m: m[1] or "", bare) if bare.endswith((" ", "\t")) else bare
                value += re.sub(r'\\(["\\`$])|\\\n', r"\1", double) + single + re.sub(r"\\\n|\\([\s\S])", r"\1", bare)
            found[match[1].rstrip()] = value
            at = match.end()
        end = text.find("\n", at)
        at = len(text) if end < 0 else end + 1
    return found


def environment(values):
    found = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    found.update(line.split("=", 1) for line in values.get("Environment", []))
    for path in values.get("EnvironmentFile", []):
        found.update(variables(path))
    return found


def start(unit, listener):
    values = read(unit)
    instance = (re.search(r"@(\w+)\.", unit) or ["", ""])[1]
    words = [plain(word, instance).replace("$$", "$") for word in shlex.split(values["ExecStart"][0])]
    user = pwd.getpwnam(values["User"][0])
    if os.fork():
        return
    os.setsid()
    os.dup2(listener.fileno() if listener else os.open("/dev/null", os.O_RDONLY), 0)
    log = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    while values.get("Restart") == ["always"] and os.fork():
        os.wait()
        time.sleep(0.1)
    os.chdir(plain(values["WorkingDirectory"][0], instance))
    os.umask(int(values["UMask"][0], 8))
    if "AmbientCapabilities" in values:
        kept = "+net_bind_service"
        words = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups",
                 f"--inh-caps={kept}", f"--ambient-caps={kept}", *words]
    else:
        os.initgroups(user.pw_name, user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
    os.execvpe(words[0], words, environment(values))


if __name__ == "__main__":
    if sys.argv[1] == "with":
        split = sys.argv.index("--")
        for name in sys.argv[2:split]:
            os.environ.update(variables(name))
        os.execvp(sys.argv[split + 1], sys.argv[split + 1:])
    units = sys.argv[1:]
    sockets = {unit: listening(unit) for unit in units if unit.endswith(".socket")}
    for unit in units:
        if unit.endswith(".service"):
            start(unit, next(iter(sockets.values()), None))
