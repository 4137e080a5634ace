# The script's call stack, without the debugger and without the blocks of evals.
sub is_library {
    my ($file) = @_;
    return 1 if $file eq $mine;
    for my $folder (@library) { return 1 if index($file, "$folder/") == 0 }
    return 0;
}

# What `caller` says of each level, from the one that calls the caller of this. It dies where a format is written.
sub levels {
    my @levels;
    for (my $n = 2; ; $n++) {
        my @level = eval { caller $n + 1 };
        next if $@ ne '';
        last unless @level;
        push @levels, \@level;
    }
    return @levels;
}

sub frames {
    my ($block, @frames);
    my @levels = levels();
    for my $n (0 .. $#levels) {
        my ($package, $file, $line, $hints) = @{ $levels[$n] }[0 .. 2, 8];
        next if $package eq 'DB' || $file eq $mine;
        my ($name, $is_require) = @{ $levels[$n + 1] // [] }[3, 7];
        my $is_block = defined $name && $name eq '(eval)' && !$is_require;
        push @frames, { package => $package, file => $file, line => $line, hints => $hints } unless $block;
        $block = $is_block;
        $frames[-1]{name} = $is_require ? '(require)' : $name // '(main)' unless $is_block;
    }
    $_->{name} //= '(main)' for @frames;
    return @frames;
}

sub depth {
    return scalar grep {
        my ($package, $file, $name, $is_require) = @$_[0, 1, 3, 7];
        $package ne 'DB' && $file ne $mine && ($name ne '(eval)' || $is_require);
    } levels();
}

# The names that the source has up to the line of the frame on top, as far as they can be seen from there.
sub names_on_top {
    my ($frame) = @_;
    no strict 'refs';
    local *dbline = $main::{"_<$frame->{file}"} or return {};
    my %seen;
    my $letter = is_utf8($frame) ? qr/[\w\x80-\xff]/ : qr/\w/;
    for my $at (reverse 1 .. $frame->{line}) {
        my $text = $dbline[$at] // next;
        $seen{ $2 eq '[' ? "\@$1" : $2 eq '{' ? "%$1" : "\$$1" } = 1 while $text =~ /\$($letter+)(\[|\{|)/g;
        $seen{$1} = 1 while $text =~ /([\@%](?![0-9])$letter+)/g;
        last if keys %seen > $max_names;
    }
    my %names;
    for my $name (grep { !/\A\$[0-9]/ && !/\A.(?:_|ENV|INC|ARGV)\z/ } keys %seen) {
        evaluate("use strict 'vars'; \\$name", $frame);
        $names{$name} = $__result[0] if $__error eq '' && ref $__result[0];
    }
    return \%names;
}

# The names of a frame below the top come from the pad of its sub, if that has a name.
sub names_below {
    my ($at, @frames) = @_;
    my $name = $frames[$at]{name};
    require B;
    no strict 'refs';
    my $code = $name eq '(main)' ? B::main_cv() : $name !~ /__ANON__|\(/ && defined &$name ? B::svref_2object(\&$name) : return {};
    my ($pad_names, @pads) = $code->PADLIST->ARRAY;
    my $level = ($code->DEPTH || 1) - grep { $_->{name} eq $name } @frames[0 .. $at - 1];
    my $pad = $pads[$level - 1] or return {};
    my ($names, %found) = ([$pad_names->ARRAY]);
    my @values = $pad->ARRAY;
    my $closed_over = 0x01; # PADNAMEf_OUTER
    for my $slot (0 .. $#$names) {
        my $own = $names->[$slot];
        next unless ref $own && $own->can('PV') && defined $own->PV && $own->PV =~ /\A[\$\@%]\w/;
        next if $own->can('FLAGS') && $own->FLAGS & $closed_over;
        my $value = $values[$slot];
        $found{ $own->PV } = $value->object_2svref if ref $value && $value->can('object_2svref');
    }
    return \%found;
}

sub names_of { my ($at, @frames) = @_; return $at == 0 ? names_on_top($frames[0]) : names_below($at, @frames) }
