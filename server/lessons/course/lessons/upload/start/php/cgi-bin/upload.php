<?php
// Takes a form with a file.
header('Content-Type: text/plain; charset=utf-8');

$text = file_get_contents($_FILES['file']['tmp_name']);
echo mb_strlen($text ?: '') , " bytes\n";
