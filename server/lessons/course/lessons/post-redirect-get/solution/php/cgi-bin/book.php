<?php
// A guestbook: GET shows it, POST adds a line.
const BOOK = '.guestbook'; // the server never sends a file whose name begins with a dot

function show(string $heading): void
{
    header('Content-Type: text/html; charset=utf-8');
    echo "<!doctype html><title>Guestbook</title><h1>$heading</h1><ul>\n";
    $entries = file_exists(BOOK) ? file(BOOK, FILE_IGNORE_NEW_LINES) : [];
    foreach ($entries as $entry) {
        echo '<li>', htmlspecialchars($entry, ENT_NOQUOTES), "</li>\n";
    }
    echo '</ul><form method="post"><input name="message"><button>Sign</button></form>', "\n";
}

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $message = preg_replace('/\s+/', ' ', trim($_POST['message'] ?? ''));
    file_put_contents(BOOK, $message . "\n", FILE_APPEND);
    header('Location: ' . $_SERVER['SCRIPT_NAME'], true, 303);
} else {
    show('Guestbook');
}
