<?php
// Tells visitors how they asked and where they are.
header('Content-Type: text/plain; charset=utf-8');

echo "You asked by GET\n";
echo 'You are in room ', $_SERVER['HTTP_X_ROOM'], "\n";
