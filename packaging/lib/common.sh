# Shared by packaging/start, test and screenshots. Source it; it needs bash.
# SPDX-License-Identifier: GPL-3.0-or-later

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
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
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "installing packages needs root, and sudo is not installed; as root, run: apt-get install $missing"
    fi
}

# install_packages FILE...: installs what the lists name and this machine does not have yet (one package a line, # comments).
install_packages() {
    command -v apt-get >/dev/null || fail "apt-get is missing; Flotilla's scripts support Debian 12 and Ubuntu 24.04"
    local wanted
    wanted=$(sed 's/#.*//' "$@" | xargs -n1 | sort -u)
    # Node from elsewhere counts; Debian's would conflict with it.
    command -v node >/dev/null && wanted=$(grep -vx nodejs <<<"$wanted")
    command -v npm >/dev/null && wanted=$(grep -vx npm <<<"$wanted")
    missing=$(comm -23 <(printf '%s\n' "$wanted") \
        <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" {print $2}' | sort -u) | xargs)
    [ -z "$missing" ] && return 0
    say "Installing: $missing"
    local log
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail "the packages could not be installed; the last lines of apt-get are above, the whole log is $log"
    fi
    rm -f "$log"
}

# build PRESET [TARGET...]: configures when needed and builds; prints errors only.
build() {
    local preset=$1
    shift
    local log="$root/build/$preset.log"
    mkdir -p "$root/build"
    cd "$root" || exit 1
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "Configuring ($preset)"
        cmake --preset "$preset" ${FLOTILLA_CMAKE_ARGS:-} >"$log" 2>&1 || {
            tail -n 30 "$log" >&2
            fail "the build could not be configured; the whole log is build/$preset.log"
        }
    fi
    say "Building ($preset)"
    cmake --build "build/$preset" ${*:+--target "$@"} >"$log" 2>&1 || {
        grep -nE -A8 'error|FAILED|Error' "$log" | head -n 60 >&2
        fail "the build failed; the first errors are above, the whole log is build/$preset.log"
    }
}

# under_xvfb COMMAND...: with a private X display that ends with the command.
under_xvfb() {
    xvfb-run -a -s "-screen 0 1920x1200x24 -nolisten tcp" "$@"
}

# The web engine refuses to run as root with its own sandbox on; tests and containers only.
web_engine_as_root() {
    [ "$(id -u)" = 0 ] && export QTWEBENGINE_DISABLE_SANDBOX=1
    return 0
}
