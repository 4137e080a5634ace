#!/usr/bin/env python3
# A CGI script that is an MCP server over HTTP: an assistant sends each message
# with POST to /cgi-bin/mcp.py, and the script prints the answer.
#
# A message with an "id" is a request and gets a result or an error; one without
# is a notification and gets 202 and no body. Nothing is remembered between two
# messages, so no session and no stream are needed: GET is answered with 405.
import json
import os
import sys

TOOLS = [
    {
        "name": "add",
        "description": "Adds two numbers.",
        "inputSchema": {
            "type": "object",
            "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
            "required": ["a", "b"],
        },
    }
]


def initialize(params):
    return {
        "protocolVersion": params.get("protocolVersion", "2025-11-25"),
        "capabilities": {"tools": {}, "logging": {}, "completions": {}, "resources": {}, "prompts": {}},
        "serverInfo": {"name": "sum", "version": "1.0"},
    }


def call_tool(params):
    arguments = params.get("arguments") or {}
    numbers = [arguments.get("a"), arguments.get("b")]
    if params.get("name") != "add" or not all(isinstance(n, (int, float)) for n in numbers):
        return {"content": [{"type": "text", "text": "Call add with two numbers."}], "isError": True}
    return {"content": [{"type": "text", "text": str(sum(numbers))}]}


METHODS = {
    "initialize": initialize,
    "ping": lambda params: {},
    "tools/list": lambda params: {"tools": TOOLS},
    "tools/call": call_tool,
    "logging/setLevel": lambda params: {},
    "completion/complete": lambda params: {"completion": {"values": [], "total": 0, "hasMore": False}},
    "resources/list": lambda params: {"resources": []},
    "prompts/list": lambda params: {"prompts": []},
}


def respond(status, body=None):
    print(f"Status: {status}\nContent-Type: application/json\n")
    if body is not None:
        print(json.dumps({"jsonrpc": "2.0", **body}))


def main():
    if os.environ["REQUEST_METHOD"] != "POST":
        return respond("405 Method Not Allowed")
    try:
        message = json.loads(sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0)))
        method = message["method"]
    except (ValueError, KeyError, TypeError):
        return respond("400 Bad Request", {"id": None, "error": {"code": -32700, "message": "This is no message."}})
    if "id" not in message:
        return respond("202 Accepted")
    if method not in METHODS:
        return respond("200 OK", {"id": message["id"], "error": {"code": -32601, "message": "There is no such method."}})
    respond("200 OK", {"id": message["id"], "result": METHODS[method](message.get("params") or {})})


main()
