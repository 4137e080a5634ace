#!/bin/sh
cat <<'END'
Content-Type: text/plain
Content-Disposition: attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt

hello
END
