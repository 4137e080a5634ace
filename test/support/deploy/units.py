"""Starts socket and service units as systemd would: the socket as descriptor 0, the user, the environment, the folder.
Usage: units.py UNIT..."""
import os
import pwd
import grp
import re
import shlex
import socket
import sys

FOLDER = "/etc/systemd/system/"


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


def environment(values):
    found = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    found.update(line.split("=", 1) for line in values.get("Environment", []))
    for path in values.get("EnvironmentFile", []):
        for line in open(path, encoding="utf-8"):
            if not line.startswith("#") and "=" in line:
                name, _, value = line.rstrip("\n").partition("=")
                found[name] = re.sub(r'\\(["\\`$])', r"\1", value[1:-1]) if value.startswith('"') else value
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
    log = os.open("/var/log/units.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(plain(values["WorkingDirectory"][0], instance))
    os.umask(int(values["UMask"][0], 8))
    os.initgroups(user.pw_name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    os.execvpe(words[0], words, environment(values))


units = sys.argv[1:]
sockets = {unit: listening(unit) for unit in units if unit.endswith(".socket")}
for unit in units:
    if unit.endswith(".service"):
        start(unit, next(iter(sockets.values()), None))
