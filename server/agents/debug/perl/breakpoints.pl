# Which lines stop the script. A breakpoint on a line without a statement moves to the next line with one.
my %breakpoints; # by path: what was asked for
my %placed;      # by file and line
my %paths;       # by what Perl calls a file: `require './lib.pl'`, `use lib "$FindBin::Bin/../lib"`

# Without links. The folder of a relative name is the one in which it is asked for first.
sub path_of { my ($file) = @_; return $paths{$file} //= $file =~ /\A\(eval / ? $file : without_links($file) }

sub without_links {
    my ($file) = @_;
    my $folder = $file =~ m{\A/} ? '' : readlink '/proc/self/cwd' // return $file;
    my ($path, @names) = ('', split m{/}, "$folder/$file");
    while (@names) {
        my $name = shift @names;
        next if $name eq '' || $name eq '.';
        if ($name eq '..') { $path =~ s{/[^/]*\z}{}; next }
        my $target = readlink "$path/$name";
        if (!defined $target) { $path .= "/$name"; next }
        $path = '' if $target =~ m{\A/};
        unshift @names, split m{/}, $target;
    }
    return $path;
}

# In a file that is compiled, $dbline[line] is 0 where no statement begins.
sub place {
    my ($path) = @_;
    my $wanted = $breakpoints{$path};
    my ($file) = grep { path_of($_) eq $path } map { /\A_<(.+)/s } keys %main::;
    return [map { { id => $_->{id}, verified => \0, line => $_->{line} } } @$wanted] unless defined $file;
    $placed{$file} = {};
    no strict 'refs';
    local *dbline = $main::{"_<$file"};
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
        my $path = path_of($file);
        return unless $breakpoints{$path};
        event('breakpoint', { reason => 'changed', breakpoint => $_ }) for @{ place($path) };
    });
}
