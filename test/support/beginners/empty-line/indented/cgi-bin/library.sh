#!/bin/sh
now=$(date +%H:%M); hour=${now%:*}; hour=${hour#0}
if [ "$hour" -ge 8 ] && [ "$hour" -lt 20 ]; then state=open; else state=closed; fi
cat <<END
    Content-Type: text/html

    <!doctype html>
    <title>Library</title>
    <p>It is $now. The library is $state.</p>
    <p>$(cat ../notice.txt)</p>
END
