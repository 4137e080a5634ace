#!/bin/sh
cat <<'EOF'
Content-Type: text/plain

You asked by $REQUEST_METHOD
You are in room ${HTTP_X_ROOM:-unknown}
EOF
