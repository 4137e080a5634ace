#!/bin/sh
# Adds two numbers: /cgi-bin/sum.sh?a=1&b=2
#
# A shell runs what it is not supposed to run when values are not quoted or,
# worse, given to eval. Here every expansion is quoted and only digits reach
# the arithmetic. Digits need no percent-decoding; for text, take another
# language.

# Prints a number as $((…)) understands it: without a plus sign, and without
# leading zeros, which would make it octal.
number() {
  digits=${1#[+-]}
  case $digits in '' | *[!0-9]* | ????????????????*) return 1 ;; esac
  while [ "${digits#0}" != "$digits" ] && [ "$digits" != 0 ]; do digits=${digits#0}; done
  case $1 in -*) printf '%s' "-$digits" ;; *) printf '%s' "$digits" ;; esac
}

a= b=
rest=${QUERY_STRING-}
while [ -n "$rest" ]; do
  pair=${rest%%&*} # up to the first "&"
  case $rest in *"&"*) rest=${rest#*&} ;; *) rest= ;; esac
  case $pair in
    a=*) a=${pair#a=} ;;
    b=*) b=${pair#b=} ;;
  esac
done

if a=$(number "$a") && b=$(number "$b"); then
  echo "Content-Type: text/plain; charset=utf-8"
  echo # the blank line: the headers end here
  echo "$((a + b))"
else
  echo "Status: 400 Bad Request"
  echo "Content-Type: text/plain; charset=utf-8"
  echo
  echo "Give two whole numbers: ?a=1&b=2"
fi
