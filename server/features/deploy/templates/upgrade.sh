#!/bin/sh
# Makes the hosts anew from what is here now, one after another. Two serve while one is drained.
set -e
cd "$(dirname "$0")"
# A host that stayed drained when this ended early comes first: nginx knows of one that is drained, not of two.
drained=
others=
for number in 1 2 3; do
    if [ -e "front/drained-$number" ]; then drained="$drained $number"; else others="$others $number"; fi
done
case $drained in
*" "*" "*)
    echo "More than one host is drained:$drained. Remove front/drained-N of those that serve, then start this again." >&2
    exit 1
    ;;
esac
docker compose build app-1
for number in $drained $others; do
    # nginx sends it no request from here on.
    touch "front/drained-$number"
    sleep 5
    # It ends after the requests that have begun. Where the new one does not answer, it stays drained, and this ends.
    docker compose up --detach --no-deps --force-recreate --wait "app-$number"
    rm "front/drained-$number"
done
