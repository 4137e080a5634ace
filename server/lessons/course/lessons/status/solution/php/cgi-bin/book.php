<?php
// /cgi-bin/book.php?id=1 shows a book.
header('Content-Type: text/plain; charset=utf-8');

$books = ['1' => 'Emil', '2' => 'Momo'];
$number = $_GET['id'] ?? '';

if (!in_array($_SERVER['REQUEST_METHOD'], ['GET', 'HEAD'])) {
    http_response_code(405);
    header('Allow: GET, HEAD');
    echo "You can only read here.\n";
} elseif ($number === '') {
    http_response_code(400);
    echo "Which book?\n";
} elseif (!isset($books[$number])) {
    http_response_code(404);
    echo "There is no such book.\n";
} else {
    echo $books[$number], "\n";
}
