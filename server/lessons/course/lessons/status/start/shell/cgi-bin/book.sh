#!/bin/sh
# /cgi-bin/book.sh?id=1 shows a book.

echo "Content-Type: text/plain; charset=utf-8"
echo
case $REQUEST_METHOD,$QUERY_STRING in
GET,id=1 | HEAD,id=1) echo "Emil" ;;
GET,id=2 | HEAD,id=2) echo "Momo" ;;
GET,id=?* | HEAD,id=?*) echo "Error: no such book!" ;;
GET,* | HEAD,*) echo "Error: which book?" ;;
*) echo "Error: you can only read here!" ;;
esac
