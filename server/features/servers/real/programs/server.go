// A server of a few lines around net/http/cgi, as its documentation shows, at a UNIX socket: SOCKET FILE SCRIPT_NAME.
package main

import (
	"log"
	"net"
	"net/http"
	"net/http/cgi"
	"os"
)

func main() {
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, &cgi.Handler{
		Path: os.Args[2], Root: os.Args[3], InheritEnv: []string{"PHP_INI_SCAN_DIR"},
	}))
}
