<?php
// Counts your visits, in a cookie.
$text = $_COOKIE['visits'] ?? '';
$visits = ctype_digit($text) ? $text + 1 : 1;

header("Set-Cookie: visits=$visits; Max-Age=86400; HttpOnly; SameSite=Lax");
header('Content-Type: text/plain; charset=utf-8');
echo "Visit $visits\n";
