<?php
// Takes a form with a file.
header('Content-Type: text/plain; charset=utf-8');

foreach ($_POST as $name => $value) {
    echo "$name = $value\n";
}
foreach ($_FILES as $file) {
    echo $file['name'], ' ', $file['size'], ' bytes ', hash_file('sha256', $file['tmp_name']), "\n";
}
