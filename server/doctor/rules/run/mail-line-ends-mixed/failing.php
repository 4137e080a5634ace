#!/usr/bin/env php-cgi
<?php
// The fields of the fourth argument end in a line feed, those that PHP writes in both signs.
mail('webmaster@example.org', 'Feedback', "Hello\n", "From: form@example.org\nReply-To: a@example.org");
header('Content-Type: text/plain; charset=utf-8');
echo "Thank you.\n";
