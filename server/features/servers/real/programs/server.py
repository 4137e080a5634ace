"""Python's own server for CGI scripts, at a UNIX socket: SOCKET FOLDER CGI_FOLDER."""
import socket
import socketserver
import sys
from http.server import CGIHTTPRequestHandler, HTTPServer

path, folder, cgi_folder = sys.argv[1:]


class Handler(CGIHTTPRequestHandler):
    cgi_directories = [cgi_folder]

    def __init__(self, *args):
        super().__init__(*args, directory=folder)


class Server(HTTPServer):
    address_family = socket.AF_UNIX
    server_name, server_port = "localhost", 80

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)

    def get_request(self):
        connection, _ = self.socket.accept()
        return connection, ("127.0.0.1", 0)


Server(path, Handler).serve_forever()
