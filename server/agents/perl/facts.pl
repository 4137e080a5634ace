# Finding what a script leaves behind (--detect): the state of the process as facts, "kind\0name" => value as text, and
# the package variables and subs of the modules that stay.
my $FACTS_OF_PROCESS = qr/^(?:file|child)\0/;  # A number that only this process knows comes before their names.
# What perl and its library keep for themselves.
my $UNEXAMINED =
    qr/^(?:main|CORE|CGIWorkbenchAgent|B|Internals|PerlIO|UNIVERSAL|utf8|re|mro|version|builtin|Regexp)(?:::|\z)/;
my $BOOKKEEPING =
    qr/^.(?:Exporter|DynaLoader|XSLoader|Carp|warnings|overload|Config|Errno|Encode|POSIX)::|::_\w+\z|cache\z/i;
my $MOST_ITEMS = 1000;        # Of an array or hash whose items are compared, and not only counted.
my %SPECIAL_TEXT = ("\x17" => '$^W', "\x06" => '$^F', "\x0c" => '$^L');

sub facts {
    no strict 'refs';
    my $umask = umask;        # In a statement of its own: under -T it fails beside what readlink gives.
    my %facts = (
        "directory\0" => readlink('/proc/self/cwd') // '',
        "umask\0" => sprintf('%03o', $umask),
        "priority\0" => getpriority(0, 0),
        "user\0" => "$>:" . ($) + 0),
        "search-path\0\@INC" => join(', ', map { fact_text($_) } @INC),
        "setting\0select" => select() . '',
    );
    $facts{"environment\0$_"} = $ENV{$_} for keys %ENV;
    for my $name (grep { $_ ne 'CHLD' || defined $SIG{$_} } keys %SIG) {
        $facts{"signal\0$name"} = fact_text($SIG{$name}) if defined $SIG{$name} and $SIG{$name} ne '';
    }
    for my $name (@SPECIAL_NAMES) {
        $facts{"setting\0" . ($SPECIAL_TEXT{$name} // "\$$name")} = fact_text(${"main::$name"});
    }
    if ($INC{'POSIX.pm'}) {
        $facts{"locale\0"} = POSIX::setlocale(POSIX::LC_ALL());
        my @names = POSIX::tzname();
        $facts{"time-zone\0"} = $names[0] eq $names[1] ? $names[0] : "@names[0, 1]";
    }
    add_files(\%facts);
    add_children(\%facts);
    return \%facts;
}

sub add_files {
    my $facts = shift;
    opendir my $listing, '/proc/self/fd' or return;
    for my $fd (grep { /^\d+\z/ && $_ > 2 } readdir $listing) {
        my $file = readlink("/proc/self/fd/$fd") // next;
        next if $file eq $SETTING{script} or $file =~ m{^/proc/\d+/fd\z};
        $facts->{"file\0$fd\0" . $file =~ s/:\[.*//r} = $file;
    }
}

sub add_children {
    my $facts = shift;
    for my $pid (split ' ', text_of("/proc/self/task/$$/children") // '') {
        my ($name, $state) = (text_of("/proc/$pid/stat") // '') =~ /\((.*)\) (\S)/s or next;
        $facts->{"child\0$pid\0$name"} = $name if $state ne 'Z';
    }
}

# Closed by name: perl leaves open what gets the place of a closed STDIN, STDOUT or STDERR.
sub text_of {
    open my $file, '<:raw', $_[0] or return undef;
    local $/;
    my $text = readline $file;
    close $file;
    return $text;
}

# References by their address, without code of theirs that would make them text, and as no value that a script can set
# again: with characters that leak-reset.ts refuses.
sub fact_text {
    my $value = shift;
    return 'undef' if !defined $value;
    return $value =~ s/([\x00-\x1f])/$1 eq "\n" ? '\n' : sprintf '\x%02x', ord $1/ger if !ref $value;
    my $object = B::svref_2object($value);
    return sprintf '%s(0x%x)', ref $value, $$object if ref $value ne 'CODE';
    my $glob = $object->GV;
    return $glob->isa('B::GV') ? '\&' . $glob->STASH->NAME . '::' . $glob->NAME : 'sub {}';
}

# Name with its sigil => [number of items or undef, value as text or undef].
sub library_facts {
    my %own = map { $_ => 1 } own_packages();
    my %found;
    examine_package('', \%own, \%found);
    return \%found;
}

sub examine_package {
    my ($package, $own, $found) = @_;
    no strict 'refs';
    my $stash = \%{$package eq '' ? 'main::' : "${package}::"};
    for my $symbol (keys %$stash) {
        my $name = $package eq '' ? $symbol : "${package}::$symbol";
        if ($symbol =~ /\A(\w+)::\z/) {
            my $below = $package eq '' ? $1 : "${package}::$1";
            examine_package($below, $own, $found) if $below !~ $UNEXAMINED;
        }
        elsif ($package ne '' and !$own->{$package} and $symbol !~ $NOT_OURS and $symbol !~ /\A(?:a|b|AUTOLOAD)\z/
            and ref \$stash->{$symbol} eq 'GLOB')
        {
            examine_symbol($name, \$stash->{$symbol}, $found);
        }
    }
}

# By way of the glob: a variable itself may be an object, whose reference has operators of its class.
sub examine_symbol {
    my ($name, $glob, $found) = @_;
    my ($has_scalar, $has_array, $has_hash, $has_code) = map { defined *$glob{$_} } qw(SCALAR ARRAY HASH CODE);
    if ($has_scalar and !defined tied ${*$glob}) { $found->{"\$$name"} = scalar_fact(${*$glob}) }
    if ($has_array and !defined tied @{*$glob}) { $found->{"\@$name"} = [scalar @{*$glob}, items_text(@{*$glob})] }
    if ($has_hash and !defined tied %{*$glob}) {
        my @items = map { ($_, ${*$glob}{$_}) } sort keys %{*$glob};
        $found->{"%$name"} = [scalar keys %{*$glob}, items_text(@items)];
    }
    if ($has_code) { $found->{"&$name"} = [undef, fact_text(*$glob{CODE}) . ' ' . ${B::svref_2object(*$glob{CODE})}] }
}

sub scalar_fact { return [undef, defined $_[0] ? fact_text($_[0]) : undef] }

sub items_text { return @_ > $MOST_ITEMS ? '' : join "\0", map { fact_text($_) } @_ }
