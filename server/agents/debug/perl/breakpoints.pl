# Which lines stop the script. A breakpoint on a line without a statement moves to the next line with one.
my %breakpoints; # by file: what was asked for
my %placed;      # by file and line

# The file is compiled: $dbline[line] is 0 where no statement begins.
sub place {
    my ($file) = @_;
    $placed{$file} = {};
    my $wanted = $breakpoints{$file} or return [];
    no strict 'refs';
    my $lines = $main::{"_<$file"} or return [map { { verified => \0, line => $_->{line} } } @$wanted];
    local *dbline = $lines;
    delete $dbline{$_} for keys %dbline;
    my @answers;
    for my $each (@$wanted) {
        my $line = $each->{line};
        $line++ while $line < $#dbline && !(defined $dbline[$line] && $dbline[$line] != 0);
        if ($line > $#dbline || !defined $dbline[$line] || $dbline[$line] == 0) {
            push @answers, { verified => \0, line => $each->{line}, message => 'No statement follows this line.' };
            next;
        }
        $dbline{$line} = 1;
        $placed{$file}{$line} = $each;
        push @answers, { verified => \1, line => $line };
    }
    return \@answers;
}

# Perl has compiled a file.
sub postponed {
    my ($glob) = @_;
    return unless ref \$glob eq 'GLOB';
    my $file = substr *{$glob}{NAME}, 2;
    place($file) if $breakpoints{$file};
}
