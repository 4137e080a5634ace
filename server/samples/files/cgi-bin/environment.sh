#!/bin/sh
# Shows what a script is told about its request: its environment.
#
# Try: a path after the script's name (/cgi-bin/environment.sh/some/path), a
# query, a header of your own, and find them again. The X-ray shows the same
# without any script, and its list says where each variable comes from.

# Whatever comes from outside and goes into HTML is escaped, the "&" first;
# else a query could bring its own tags along.
escape() {
  sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g'
}

echo "Content-Type: text/html; charset=utf-8"
echo # the blank line: the headers end here

cat <<'END'
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Environment</title>
<h1>What the script was told</h1>
<pre>
END
env | LC_ALL=C sort | escape
cat <<'END'
</pre>
<h2>And on stdin</h2>
<pre>
END
# CONTENT_LENGTH says how many bytes are there: a script reads that many and
# no more. Anything but digits counts as none.
case ${CONTENT_LENGTH-} in
  '' | *[!0-9]*) echo "(no body)" ;;
  *) head -c "$CONTENT_LENGTH" | escape ;;
esac
echo "</pre>"
