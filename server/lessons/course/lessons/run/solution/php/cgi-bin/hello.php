<?php
// Greets whoever asks.

header('Content-Type: text/plain');

echo "Hello from a program.\n";
echo 'I am process ', getmypid(), ".\n";
