# What the scripts of this folder share: looks after the one the server that the module starts.
# APACHE_PID comes from userconfig.xml.

# The number of the server's first process; fails where it does not run. A file that a crash left behind may
# name a process of somebody else.
first_process() {
    pid=$(cat "$APACHE_PID" 2>/dev/null) || return 1
    # One that has ended and that nobody asked for its status has a number, too.
    grep -q '^State:.*Z' "/proc/$pid/status" 2>/dev/null && return 1
    case $(cat "/proc/$pid/comm" 2>/dev/null) in
    apache2 | httpd) echo "$pid" ;;
    *) return 1 ;;
    esac
}

# Waits until it is gone; fails when it is still there after so many tenths of a second.
gone_within() { # TENTHS
    left=$1
    while first_process >/dev/null; do
        [ "$left" -gt 0 ] || return 1
        left=$((left - 1))
        sleep 0.1
    done
}

# The first process and those that it made, which go on without it.
all_processes() {
    first=$(first_process) || return 0
    echo "$first $(cat "/proc/$first/task/$first/children" 2>/dev/null)"
}

# The program that starts it, as Debian or Red Hat has it.
program() {
    for name in apache2ctl httpd apachectl; do
        command -v "$name" && return
    done
    echo "there is no apache2ctl, httpd or apachectl in $PATH" >&2
    return 1
}
