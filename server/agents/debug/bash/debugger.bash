# A debugger inside the bash of one script, for the request that it serves: BASH_ENV names this file, and the DEBUG
# trap runs before each command. It talks to the workbench through named pipes in a private folder. A command is a line:
# its number, its name and its arguments, in which other bytes are % and two hexadecimal digits. A message is the count
# of its texts, then the texts, each ended by NUL: "stopped" and the reason, or a command's number and its answer.
# Subshells share the pipes, and take turns.
if [[ -n ${CGI_WORKBENCH_DEBUG-} ]]; then
  __wb_folder=$CGI_WORKBENCH_DEBUG
  export -n __wb_folder
  unset CGI_WORKBENCH_DEBUG BASH_ENV
fi
if [[ -p ${__wb_folder-}/turn ]]; then
  # The script's own descriptors keep the numbers that they have without a debugger. By 249 no pipe waits for its other
  # end.
  exec 249<>"$__wb_folder/in" 250<"$__wb_folder/in" 249<>"$__wb_folder/out" 251>"$__wb_folder/out" \
    252<>"$__wb_folder/turn" 249>&-
  declare -a __wb_breakpoints=() # each is file:line
  declare -a __wb_lines=()       # the lines that have a breakpoint in any file
  __wb_home=$PWD __wb_mode=start __wb_limit=0 __wb_value='' __wb_last='' __wb_counts='' __wb_at_end=': the end'

  __wb_say() { printf '%s\0' $# "$@" >&251; }

  __wb_decode() { printf -v __wb_value %b "${1//%/\\x}"; }

  # The file of the function that called the one which calls this, at that depth, absolute. A relative name is the one
  # by which it was read: the script may be in another folder by now.
  __wb_file() {
    __wb_value=${BASH_SOURCE[$1 + 1]-}
    if [[ $__wb_value == /* ]]; then return; fi
    if [[ -e $__wb_value ]]; then __wb_value=$PWD/$__wb_value; else __wb_value=$__wb_home/$__wb_value; fi
  }

  # Whether the line of that file has a breakpoint, whatever links lead to it. The file may be gone by now.
  __wb_has_breakpoint() {
    local __wb_each
    for __wb_each in "${__wb_breakpoints[@]}"; do
      if [[ ${__wb_each##*:} != "$__wb_line" ]]; then continue; fi
      if [[ ${__wb_each%:*} == "$__wb_value" || ${__wb_each%:*} -ef $__wb_value ]]; then return 0; fi
    done
    return 1
  }

  # Its arguments are the script's own, so that "$1" can be asked for.
  __wb_trap() {
    local __wb_reason='' __wb_depth=$((${#FUNCNAME[@]} + BASH_SUBSHELL))
    if [[ ${BASH_SOURCE[1]-} == "${BASH_SOURCE[0]}" || $__wb_mode == free ]]; then return 0; fi
    if [[ $__wb_mode == start ]]; then __wb_converse entry "$@"; fi
    if [[ -e $__wb_folder/attention ]]; then __wb_converse attention "$@"; fi
    if [[ -n $__wb_counts ]]; then
      # Before each command it is known what the one before has written. What follows `exec`, no command of bash writes.
      if [[ $BASHPID == "$$" && $BASH_COMMAND == exec\ +([!\ \<\>])?(\ *) ]]; then __wb_reason=exec; fi
      __wb_converse "${__wb_reason:-count}" "$@"
      if [[ $__wb_reason != skipped ]]; then return 0; fi
      if [[ $BASH_COMMAND == "$__wb_at_end" ]]; then return 0; fi
      __wb_reason=''
    fi
    __wb_file 1
    if __wb_has_breakpoint; then
      __wb_converse breakpoint "$@"
      if [[ $__wb_reason != skipped ]]; then return 0; fi
    fi
    case $__wb_mode in
      run | free) return 0 ;;
      over) if ((__wb_depth > __wb_limit)); then return 0; fi ;;
      out) if ((__wb_depth >= __wb_limit)); then return 0; fi ;;
    esac
    __wb_converse step "$@"
    return 0
  }

  # A script that closes all descriptors may have opened files of its own with these numbers.
  __wb_is_there() {
    [[ -p /dev/fd/250 && -p /dev/fd/251 && /dev/fd/250 -ef $__wb_folder/in && /dev/fd/252 -ef $__wb_folder/turn ]]
  }

  # Until the script is to go on. FUNCNAME: 0 is this function, 1 the trap, 2 the script's.
  __wb_converse() {
    local IFS=$' \t\n' __wb_id __wb_command __wb_rest __wb_name __wb_at=$1
    local -a __wb_found=()
    shift
    if ! __wb_is_there; then
      __wb_mode=free
      return 0
    fi
    IFS= read -r -N 1 -u 252 __wb_name || :
    if ! __wb_is_there; then # it was there before others had their turns
      __wb_mode=free
      printf x >&252
      return 0
    fi
    __wb_say stopped "$__wb_at"
    while read -r -u 250 __wb_id __wb_command __wb_rest; do
      __wb_found=()
      case $__wb_command in
        break)
          __wb_breakpoints=() __wb_lines=()
          for __wb_name in $__wb_rest; do
            __wb_decode "$__wb_name"
            __wb_breakpoints+=("$__wb_value")
            __wb_lines[${__wb_value##*:}]=1
          done
          ;;
        stack)
          __wb_file 2
          __wb_found=("${FUNCNAME[2]-main}" "$__wb_value" "$__wb_line")
          for ((__wb_at = 2; __wb_at < ${#FUNCNAME[@]} - 1; __wb_at++)); do
            __wb_file $((__wb_at + 1))
            __wb_found+=("${FUNCNAME[__wb_at + 1]}" "$__wb_value" "${BASH_LINENO[__wb_at]}")
          done
          ;;
        variables)
          __wb_at=0
          for __wb_name in "$@"; do __wb_found+=("declare -- $((++__wb_at))=${__wb_name@Q}"); done
          for __wb_name in $(compgen -v); do
            case $__wb_name in
              __wb_* | BASH | BASH_* | BASHOPTS | BASHPID | COMP_WORDBREAKS | DIRSTACK | EPOCH* | EUID | FUNCNAME | GROUPS | \
                HOSTNAME | HOSTTYPE | IFS | LINENO | MACHTYPE | OPTERR | OPTIND | OSTYPE | PIPESTATUS | PPID | PS4 | RANDOM | \
                SECONDS | SHELLOPTS | SHLVL | SRANDOM | UID | _) continue ;;
            esac
            __wb_value=$(declare -p "$__wb_name" 2>/dev/null) || continue
            __wb_found+=("${__wb_value:0:20000}")
          done
          ;;
        value)
          __wb_decode "$__wb_rest"
          __wb_value=$(eval "printf %s \"$__wb_value\"" </dev/null 2>&1) || : # in a subshell, so that nothing changes
          __wb_found=("${__wb_value:0:1000}")
          ;;
        test)
          __wb_decode "$__wb_rest"
          if (eval "$__wb_value") >/dev/null 2>&1 </dev/null; then __wb_found=(yes); else __wb_found=(no); fi
          ;;
        do)
          __wb_decode "$__wb_rest"
          eval "$__wb_value" >"$__wb_folder/printed" 2>&1 </dev/null || :
          __wb_value=''
          IFS= read -r -N 1000 __wb_value <"$__wb_folder/printed" || :
          __wb_found=("$__wb_value")
          ;;
        count) # in a script that has no handler of its own for its end, the last command is looked at, too
          __wb_counts=1
          if [[ -z $(trap -p EXIT) ]]; then trap "$__wb_at_end" EXIT; fi
          ;;
        counted) __wb_counts='' ;;
        skip)
          __wb_reason=skipped
          printf x >&252
          return 0
          ;;
        run | over | in | out | free)
          __wb_mode=$__wb_command __wb_limit=$__wb_depth
          printf x >&252
          return 0
          ;;
      esac
      __wb_say "$__wb_id" "${__wb_found[@]}"
    done
    __wb_mode=free # nobody is there any more
    printf x >&252
    return 0
  }

  printf x >&252
fi
if [[ -n ${CGI_WORKBENCH_BASH_ENV-} ]]; then
  export BASH_ENV=$CGI_WORKBENCH_BASH_ENV
  unset CGI_WORKBENCH_BASH_ENV
  . "$BASH_ENV"
fi
if [[ -p ${__wb_folder-}/turn ]]; then
  set -o functrace
  # A call of a function costs more than most commands: a line without a breakpoint does without it. LINENO is the
  # script's on the first line alone.
  trap '__wb_last=$_ __wb_line=$LINENO
    if [[ $__wb_mode != run || -n $__wb_counts || -n ${__wb_lines[__wb_line]-} || -e $__wb_folder/attention ]]; then
      __wb_trap "$@"
    fi
    : "$__wb_last"' DEBUG
fi
