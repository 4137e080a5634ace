# Which lines stop the script. A breakpoint on a line without a statement moves to the next line with one.
my %breakpoints; # by path: what was asked for
my %placed;      # by file and line
my %paths;       # by what Perl calls a file: `require './lib.pl'`, `use lib "$FindBin::Bin/../lib"`

# Without links. A relative name counts from the folder in which `require` compiles the file. Perl does not tell of a
# `do`: there the name counts from the folder in which it is asked for first.
sub path_of { my ($file) = @_; return $paths{$file} //= $file =~ /\A\(eval / ? $file : without_links($file) }

sub without_links {
    my ($file) = @_;
    my $folder = $file =~ m{\A/} ? '' : readlink '/proc/self/cwd' // return $file;
    my ($path, $links, @names) = ('', 0, split m{/}, "$folder/$file");
    while (@names) {
        my $name = shift @names;
        next if $name eq '' || $name eq '.';
        if ($name eq '..') { $path =~ s{/[^/]*\z}{}; next }
        my $target = readlink "$path/$name";
        if (!defined $target) { $path .= "/$name"; next }
        return $file if ++$links > 40; # one of them leads to itself
        $path = '' if $target =~ m{\A/};
        unshift @names, split m{/}, $target;
    }
    return $path;
}

# A file can have several names: `require` got one and `do` another, or a link leads to it.
sub place {
    my ($path) = @_;
    my @answers = map { { id => $_->{id}, verified => \0, line => $_->{line} } } @{ $breakpoints{$path} };
    place_in($_, $path, @answers) for grep { path_of($_) eq $path } map { /\A_<(.+)/s } keys %main::;
    return \@answers;
}

sub place_in {
    my ($file, $path, @answers) = @_;
    $placed{$file} = {};
    no strict 'refs';
    local *dbline = $main::{"_<$file"};
    delete $dbline{$_} for keys %dbline;
    for my $each (@{ $breakpoints{$path} }) {
        my $answer = shift @answers;
        my $line = $each->{line};
        $line++ while $line <= $#dbline && !begins($line);
        if ($line <= $#dbline) {
            $dbline{$line} = 1;
            $placed{$file}{$line} = $each;
            @$answer{'verified', 'line'} = (\1, $line);
            delete $answer->{message};
        }
        elsif (!${ $answer->{verified} }) { $answer->{message} = 'No statement follows this line.' }
    }
}

# Whether a statement begins on the line: its text is then a number, too, which is the statement's address. The lines
# of a file that `do` has run are text alone. Perl would take the number in front of such a text for an address.
sub begins {
    my ($line) = @_;
    no warnings;
    return 0 unless defined $dbline[$line] && $dbline[$line] != 0;
    my $text = "$dbline[$line]";
    return $dbline[$line] + 0 ne $text + 0;
}

# Perl has compiled a file.
sub postponed {
    my ($glob) = @_;
    return unless $socket && ref \$glob eq 'GLOB' && $$ == $pid;
    my $file = substr *{$glob}{NAME}, 2;
    delete $paths{$file};
    delete $placed{$file};
    unnoticed(sub {
        my $path = path_of($file);
        return unless $breakpoints{$path};
        event('breakpoint', { reason => 'changed', breakpoint => $_ }) for @{ place($path) };
    });
}
