# Finding what a script leaves behind (--detect=FILE): after each run a line of JSON with what differs from before it,
# and with what was put back. The line is where the source names what has changed.
my ($BEFORE_ALL, $LIBRARIES_BEFORE, $BEFORE_SCRIPT, @PUT_BACK, @SOURCE);

sub detects { return ($SETTING{detect} // '') ne '' }

sub detect_process {
    @SOURCE = map { /^\s*#/ ? '' : $_ } split /^/, text_of($SETTING{script}) // '';
    POSIX::tzset() if $INC{'POSIX.pm'};     # Or its first use would seem to be a change.
    ($BEFORE_ALL, $LIBRARIES_BEFORE) = (facts(), library_facts());
}

sub detect_begin { $BEFORE_SCRIPT = facts() }

# The script's variables are still there.
sub detect_end { @PUT_BACK = grep { "$_->[0]\0" !~ $FACTS_OF_PROCESS } differences($BEFORE_SCRIPT, facts()) }

# Everything is put back that will be.
sub detect_report {
    my ($facts, $libraries) = (facts(), library_facts());
    my @kept = (differences($BEFORE_ALL, $facts), library_differences($LIBRARIES_BEFORE, $libraries));
    ($BEFORE_ALL, $LIBRARIES_BEFORE) = ($facts, $libraries);
    my %is_kept = map { ("$_->[0]\0$_->[1]" => 1) } @kept;
    write_report(\@kept, [grep { !$is_kept{"$_->[0]\0$_->[1]"} } @PUT_BACK]);
}

sub write_report {
    my ($kept, $put_back) = @_;
    my $list = sub { '[' . join(',', map { change_json(@$_) } @{$_[0]}) . ']' };
    my $text = sprintf qq({"pid":%d,"kept":%s,"putBack":%s,"blocks":null,"residentBytes":%s}\n),
        $$, $list->($kept), $list->($put_back), resident_bytes() // 'null';
    open my $file, '>>:raw', $SETTING{detect} or return;
    local ($\, $,);
    syswrite $file, $text;
    close $file;
}

# [kind, name, before, after]
sub differences {
    my ($before, $now) = @_;
    my @found;
    for my $key (sort keys %{{%$before, %$now}}) {
        my ($was, $is) = ($before->{$key}, $now->{$key});
        next if defined $was && defined $is && $was eq $is or !defined $is && $key =~ $FACTS_OF_PROCESS;
        next if !defined $was and $key =~ /^(?:locale|time-zone)\0/;    # POSIX was loaded.
        my ($kind, $name, $of_process) = split /\0/, $key, 3;
        ($was, $is) = (only_in($was, $is), only_in($is, $was)) if $kind eq 'search-path';
        push @found, defined $of_process
            ? [$kind, $of_process, undef, ($kind eq 'file' ? 'descriptor' : 'process') . " $name"]
            : [$kind, $name // '', $was, $is];
    }
    return @found;
}

# Of two lists as text: what the first has alone; undef for nothing.
sub only_in {
    my %other = map { $_ => 1 } split /, /, $_[1];
    my $text = join ', ', grep { !$other{$_} } split /, /, $_[0];
    return $text eq '' ? undef : $text;
}

sub library_differences {
    my ($before, $now) = @_;
    my @found;
    for my $name (sort keys %$now) {
        my ($was, $is) = ($before->{$name}, $now->{$name});
        $was //= [defined $is->[0] ? (0, '') : (undef, undef)];
        next if ($was->[1] // "\0") eq ($is->[1] // "\0") and ($was->[0] // '') eq ($is->[0] // '');
        next if !$before->{$name} and !named_at($name);    # Its module was loaded.
        if (defined $is->[0]) {
            my ($before, $after) = map { $_ == 1 ? '1 item' : "$_ items" } $was->[0], $is->[0];
            push @found, [$is->[0] > $was->[0] ? 'growth' : 'content', $name, $before, $after];
        }
        else {
            my ($before, $after) = map { defined $_ && $name =~ /^&/ ? s/ \d+\z//r : $_ } $was->[1], $is->[1];
            push @found, ['attribute', $name, $before, $after // 'undef'];
        }
    }
    return @found;
}

sub named_at {
    my ($kind, $name) = @_ > 1 ? @_ : ('attribute', $_[0]);
    my $quoted = quotemeta($name =~ s/^[\$\@%&]//r);
    my %pattern = (
        directory => qr/\bchdir\b/, umask => qr/\bumask\b/, priority => qr/\bsetpriority\b/, locale => qr/\bsetlocale\b/,
        'time-zone' => qr/\btzset\b/, user => qr/\$[<>()]\s*=/, 'search-path' => qr/\@INC\b/,
        environment => qr/\$ENV\{\s*['"]?$quoted\b/, signal => qr/\$SIG\{\s*['"]?$quoted\b/,
        setting => $name eq 'select' ? qr/\bselect\b/ : qr/\Q$name\E\s*=/,
    );
    $pattern{$_} = qr/[\$\@%&*]\{?$quoted\b/ for qw(attribute growth content global);
    my $pattern = $pattern{$kind} // return undef;
    my @lines = grep { $SOURCE[$_] =~ $pattern and $SOURCE[$_] !~ /\blocal\b/ } 0 .. $#SOURCE;
    # Rather than the line that declares a variable.
    unshift @lines, grep { $SOURCE[$_] !~ /\b(?:my|our|state)\b[^=;]*$pattern/ } @lines if $kind eq 'global';
    return @lines ? $lines[0] + 1 : undef;
}

sub change_json {
    my ($kind, $name, $before, $after) = @_;
    my $line = named_at($kind, $name);
    return sprintf '{"kind":%s,"name":%s,"before":%s,"after":%s,"file":%s,"line":%s,"by":%s,"isBookkeeping":%s}',
        map({ json_text($_) } $kind, $name, $before, $after, defined $line ? $SETTING{script} : undef), $line // 'null',
        defined $line ? '"script"' : 'null', $name =~ $BOOKKEEPING ? 'true' : 'false';
}

sub json_text {
    my $text = shift // return 'null';
    $text = substr($text, 0, 200) . "\x{2026}" if length $text > 200;
    $text =~ s/([^ !#-\[\]-~])/sprintf '\\u%04x', ord $1/ge;
    return "\"$text\"";
}

sub resident_bytes {
    return (text_of('/proc/self/status') // '') =~ /^VmRSS:\s+(\d+) kB/m ? $1 * 1024 : undef;
}
