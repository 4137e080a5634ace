<?php
// /cgi-bin/book.php?id=1 shows a book.
header('Content-Type: text/plain; charset=utf-8');

$books = ['1' => 'Emil', '2' => 'Momo'];
$number = $_GET['id'] ?? '';

if (!in_array($_SERVER['REQUEST_METHOD'], ['GET', 'HEAD'])) {
    echo "Error: you can only read here!\n";
} elseif ($number === '') {
    echo "Error: which book?\n";
} elseif (!isset($books[$number])) {
    echo "Error: no such book!\n";
} else {
    echo $books[$number], "\n";
}
