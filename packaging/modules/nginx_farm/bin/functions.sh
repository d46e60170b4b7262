# What the scripts of this folder share: looks after the one nginx that the module starts.
# NGINX_PID comes from userconfig.xml.

# The number of nginx's first process; fails where it does not run. A file that a crash left behind may
# name a process of somebody else.
first_process() {
    pid=$(cat "$NGINX_PID" 2>/dev/null) || return 1
    # One that has ended and that nobody asked for its status has a number, too.
    grep -q '^State:.*Z' "/proc/$pid/status" 2>/dev/null && return 1
    case $(cat "/proc/$pid/comm" 2>/dev/null) in
    nginx) echo "$pid" ;;
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
