# Files that are open when the script is compiled. Forks share the position in them: each child opens them anew.
my %DATA;                     # Package => [position, layers, path, whether its module outlives the request].
my @FILES;                    # [descriptor, whether exec closes it] of others that can only be read.

sub find_data {
    no strict 'refs';
    my %module = map { /\A(\w.*)\.pm\z/s ? ($1 =~ s{/}{::}gr => $INC{$_}) : () } keys %INC;
    my @own = own_files();
    my @packages = ('main', script_packages(), map({ packages_of($_) } @own), keys %module);
    for my $package (grep { has_data($_) } keys %{{map { $_ => 1 } @packages}}) {
        my $handle = \*{"${package}::DATA"};
        my $fd = fileno $handle // next;
        my $layers = join '', map { ":$_" } grep { !/^(?:unix|perlio)$/ } PerlIO::get_layers($handle);
        my $path = $fd < 0 ? undef : path_of($fd) // $module{$package} // $SETTING{script};
        my $goes_on = defined $module{$package} && !is_own_file($module{$package});
        $DATA{$package} = [tell $handle, $layers, $path, $goes_on];
    }
}

# Does not make what is not there.
sub has_data {
    my $stash = \%main::;
    for my $part ((map { "${_}::" } split /::/, $_[0]), 'DATA') {
        return 0 if !$stash or !exists $stash->{$part} or ref \$stash->{$part} ne 'GLOB';
        return defined *{$stash->{$part}}{IO} if $part eq 'DATA';
        $stash = *{$stash->{$part}}{HASH};
    }
}

sub path_of {
    my $path = $SETTING{proc} ? readlink "/proc/self/fd/$_[0]" : undef;
    return defined $path && -e $path && $path =~ /\A(.*)\z/s ? $1 : undef;      # As under -T.
}

sub open_data {
    no strict 'refs';
    for my $package (keys %DATA) {
        my ($at, $layers, $path, $goes_on) = @{$DATA{$package}};
        my $handle = \*{"${package}::DATA"};
        # In the next request such a module knows what it has read.
        delete $DATA{$package} if $goes_on;
        if (defined $path) { close $handle; open $handle, '<', $path or next }
        seek $handle, $at, 0;
        binmode $handle, $layers if $layers ne '';
    }
}

sub find_files {
    return unless $SETTING{dup3};
    my %is_data = map { no strict 'refs'; (fileno *{"${_}::DATA"} // -1) => 1 } keys %DATA;
    opendir my $folder, '/proc/self/fd' or return;
    for my $fd (map { /\A(\d+)\z/ ? 0 + $1 : () } readdir $folder) {
        next if $fd < 3 or $is_data{$fd} or !-f "/proc/self/fd/$fd";
        my $flags = facts_of($fd)->{flags} // next;
        push @FILES, [$fd, oct($flags) & oct '2000000'] if (oct($flags) & 3) == 0;      # O_CLOEXEC, O_RDONLY
    }
    closedir $folder;
}

sub facts_of { return {(text_of("/proc/self/fdinfo/$_[0]") // '') =~ /^(pos|flags):\s*(\d+)/mg} }

# In their place: perl has handles for them. To fork, it has put back what those had read ahead.
sub open_files {
    for my $file (@FILES) {
        my ($fd, $closes) = @$file;
        open my $new, '<', "/proc/self/fd/$fd" or next;
        sysseek $new, facts_of($fd)->{pos} // 0, 0;
        syscall $SETTING{dup3}, fileno $new, $fd, $closes;
    }
}

# A library's DATA, in a package that its name does not tell, is the library's affair.
sub has_files {
    my %is_loaded = map { $_ => 1 } grep { defined } values %INC;
    return scalar grep { !$is_loaded{path_of($_->[0]) // ''} } @FILES;
}
