<p><? echo strtoupper("hello"); ?></p>
