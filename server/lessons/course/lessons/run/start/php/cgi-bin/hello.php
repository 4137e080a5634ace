<?php
// Greets whoever asks.

header('Content-Type: text/plain');

echo "Hello from a program.\n";
