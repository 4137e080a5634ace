main() unless caller;
1;
