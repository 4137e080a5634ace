# Which lines stop the script. A breakpoint on a line without a statement moves to the next line with one.
my %breakpoints; # by path: what was asked for
my %placed;      # by file and line
my %paths;       # of files with another name: `require './lib.pl'`, `use lib "$FindBin::Bin/../lib"`

sub path_of { my ($file) = @_; return $paths{$file} // $file }

# In a file that is compiled, $dbline[line] is 0 where no statement begins.
sub place {
    my ($path) = @_;
    my $wanted = $breakpoints{$path};
    my ($file) = ((grep { $paths{$_} eq $path } keys %paths), $path);
    $placed{$file} = {};
    no strict 'refs';
    my $lines = $main::{"_<$file"} or return [map { { id => $_->{id}, verified => \0, line => $_->{line} } } @$wanted];
    local *dbline = $lines;
    delete $dbline{$_} for keys %dbline;
    my @answers;
    for my $each (@$wanted) {
        my $line = $each->{line};
        push @answers, my $answer = { id => $each->{id}, verified => \0, line => $line };
        $line++ while $line < $#dbline && !(defined $dbline[$line] && $dbline[$line] != 0);
        if ($line > $#dbline || !defined $dbline[$line] || $dbline[$line] == 0) {
            $answer->{message} = 'No statement follows this line.';
            next;
        }
        $dbline{$line} = 1;
        $placed{$file}{$line} = $each;
        @$answer{'verified', 'line'} = (\1, $line);
    }
    return \@answers;
}

# Perl has compiled a file.
sub postponed {
    my ($glob) = @_;
    return unless $socket && ref \$glob eq 'GLOB' && $$ == $pid;
    my $file = substr *{$glob}{NAME}, 2;
    unnoticed(sub {
        my $folder = $file =~ m{\A/} ? '' : readlink '/proc/self/cwd';
        my $path = !defined $folder ? $file : $folder eq '' ? $file : "$folder/$file";
        $path =~ s{/(?:\./)+}{/}g;
        1 while $path =~ s{/(?!\.\./)[^/]+/\.\./}{/};
        $paths{$file} = $path if $path ne $file;
        return unless $breakpoints{$path};
        event('breakpoint', { reason => 'changed', breakpoint => $_ }) for @{ place($path) };
    });
}
