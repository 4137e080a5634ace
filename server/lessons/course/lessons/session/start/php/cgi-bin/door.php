<?php
// Ada signs in with her password.
header('Content-Type: text/plain; charset=utf-8');

if (($_POST['password'] ?? '') === 'engine') {
    header('Set-Cookie: name=ada', false);
    header('Set-Cookie: password=engine', false);
    echo "Welcome\n";
} elseif (($_COOKIE['name'] ?? '') === 'ada') {
    echo "Hello, ada\n";
} else {
    echo "Who are you?\n";
}
