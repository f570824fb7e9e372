# Shared by packaging/start, test and screenshots. Source it; it needs bash.
# SPDX-License-Identifier: GPL-3.0-or-later

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
own_locale=${LC_ALL:-} # the window speaks the language of its user
export LC_ALL=C.UTF-8

# say TEXT: progress, on stderr.
say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# fail SENTENCE: says in one sentence what went wrong and stops.
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# may_be_root COMMAND: stops when this user cannot become root, with the command that somebody else has to run.
may_be_root() {
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null || fail "this needs root, and sudo is not installed; as root, run: $1"
    sudo -v || fail "this needs root, and sudo refused; ask somebody who may, to run: $1"
}

# installed_packages: what this machine has, also under the names that a renamed package stands in for (Ubuntu's t64).
installed_packages() {
    dpkg-query -W -f='${db:Status-Abbrev}|${Package}, ${Provides}\n' 2>/dev/null |
        sed -n 's/^.i *|//p' | tr ',' '\n' | sed 's/(.*//; s/ //g' | sort -u
}

# without_doubles: leaves out of the list on stdin what is here from elsewhere (Node, Docker): the distribution's own would
# replace it.
without_doubles() {
    local list program PATH=$PATH:/usr/sbin # Debian's ordinary users do not have that, and dockerd is there
    list=$(cat)
    for program in node:nodejs npm:npm dockerd:docker.io containerd:containerd runc:runc podman:podman; do
        command -v "${program%%:*}" >/dev/null && list=$(grep -vx "${program#*:}" <<<"$list" || true)
    done
    printf '%s\n' "$list"
}

# install_packages FILE...: installs what the lists name and this machine does not have yet (one package a line, # comments).
install_packages() {
    command -v apt-get >/dev/null || fail "apt-get is missing; Flotilla's scripts support Debian 12 and Ubuntu 24.04"
    missing=$(comm -23 <(sed 's/#.*//' "$@" | xargs -n1 | sort -u | without_doubles) <(installed_packages) | xargs)
    [ -z "$missing" ] && return 0
    say "Installing: $missing"
    may_be_root "apt-get install $missing"
    local log
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-remove --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail "the packages could not be installed; the last lines of apt-get are above, the whole log is $log"
    fi
    rm -f "$log"
}

# tidy_build PRESET: takes away a build that was made when the clone was somewhere else; fails for one of another user.
tidy_build() {
    local cache="$root/build/$1/CMakeCache.txt"
    mkdir -p "$root/build" 2>/dev/null && [ -w "$root/build" ] ||
        fail "the folder $root/build cannot be written; if another user built there, remove it: sudo rm -r '$root/build'"
    [ ! -f "$cache" ] || [ -w "$root/build/$1" ] ||
        fail "the folder $root/build/$1 is of another user; remove it: sudo rm -r '$root/build/$1'"
    [ ! -f "$cache" ] || grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || rm -rf "$root/build/$1"
}

# need_room FOLDER: stops when its disk is full; what fails on a full disk seldom says so.
need_room() {
    [ "$(df --output=avail -k "$1" | tail -n 1)" -ge 51200 ] ||
        fail "the disk that holds $1 is full; make room (a build takes about 300 MB) and start again"
}

# allow_namespaces NAME PROGRAM: lets PROGRAM make user namespaces where AppArmor keeps them from programs without a profile
# (Ubuntu 24.04): sandboxes are made of them. Asks for sudo, once.
userns_switch=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
profiles=/etc/apparmor.d
allow_namespaces() {
    [ "$(cat "$userns_switch" 2>/dev/null)" = 1 ] && [ "$(id -u)" != 0 ] || return 0
    ! grep -qsF -- "$2" "$profiles"/* || return 0
    say "Letting $2 make user namespaces, as its sandbox needs (AppArmor profile $profiles/$1)"
    printf 'abi <abi/4.0>,\ninclude <tunables/global>\nprofile %s "%s" flags=(unconfined) {\n  userns,\n  include if exists <local/%s>\n}\n' \
        "$1" "$2" "$1" | as_root tee "$profiles/$1" >/dev/null && as_root apparmor_parser -r "$profiles/$1" ||
        say "That did not work; the doctor in Settings says what to do"
}

# build PRESET [TARGET...]: configures when needed and builds; prints errors only.
build() {
    local preset=$1
    shift
    local log="$root/build/$preset.log"
    tidy_build "$preset"
    need_room "$root/build"
    cd "$root" || exit 1
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "Configuring ($preset)"
        cmake --preset "$preset" ${FLOTILLA_CMAKE_ARGS:-} >"$log" 2>&1 || {
            tail -n 30 "$log" >&2
            need_room "$root/build"
            fail "the build could not be configured; the whole log is build/$preset.log"
        }
    fi
    say "Building ($preset)"
    cmake --build "build/$preset" ${*:+--target "$@"} >"$log" 2>&1 || {
        grep -nE -A8 'error|FAILED|Error' "$log" | head -n 60 >&2
        need_room "$root/build"
        fail "the build failed; the first errors are above, the whole log is build/$preset.log"
    }
    # As root the sandboxes run as other users, who read what was built, whatever root's umask is.
    [ "$(id -u)" != 0 ] || chmod -R go+rX "build/$preset/bin" "build/$preset/share" 2>/dev/null || true
}

# under_xvfb COMMAND...: with a private X display that ends with the command, as all does that the command leaves running.
under_xvfb() {
    python3 "$root/packaging/lib/reap" xvfb-run -a -s "-screen 0 1920x1200x24 -nolisten tcp" "$@"
}

# The web engine refuses to run as root with its own sandbox on; tests and containers only.
web_engine_as_root() {
    [ "$(id -u)" = 0 ] && export QTWEBENGINE_DISABLE_SANDBOX=1
    return 0
}
