<?php
// Ada signs in with her password.
const FILE = '.sessions'; // the server never sends a file whose name begins with a dot

header('Content-Type: text/plain; charset=utf-8');

$names = file_exists(FILE) ? json_decode(file_get_contents(FILE), true) : [];
$session = $_COOKIE['session'] ?? '';

if (($_POST['password'] ?? '') === 'engine') {
    $session = bin2hex(random_bytes(16));
    $names[$session] = 'ada';
    header("Set-Cookie: session=$session; HttpOnly; SameSite=Lax");
    echo "Welcome\n";
} elseif (($_POST['action'] ?? '') === 'out') {
    unset($names[$session]);
    header('Set-Cookie: session=; Max-Age=0; HttpOnly; SameSite=Lax');
    echo "Good bye\n";
} elseif (isset($names[$session])) {
    echo "Hello, $names[$session]\n";
} else {
    echo "Who are you?\n";
}

file_put_contents(FILE, json_encode($names));
