#!/bin/sh
# /cgi-bin/book.sh?id=1 shows a book.

answer() {
    echo "Status: $1"
    echo "Content-Type: text/plain; charset=utf-8"
    echo
    echo "$2"
}

case $REQUEST_METHOD,$QUERY_STRING in
GET,id=1 | HEAD,id=1) answer "200 OK" "Emil" ;;
GET,id=2 | HEAD,id=2) answer "200 OK" "Momo" ;;
GET,id=?* | HEAD,id=?*) answer "404 Not Found" "There is no such book." ;;
GET,* | HEAD,*) answer "400 Bad Request" "Which book?" ;;
*)
    echo "Allow: GET, HEAD"
    answer "405 Method Not Allowed" "You can only read here."
    ;;
esac
