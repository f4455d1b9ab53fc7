# Sourced by app/run, tests/run and tests/bench/run: the packages that a Debian 12 needs, and the build.

say() { printf '%s: %s\n' "$SCRIPT" "$*"; }
fail() { printf '%s: %s\n' "$SCRIPT" "$*" >&2; exit 1; }

BUILD_PACKAGES="cmake ninja-build g++ ccache pkg-config qt6-base-dev qt6-charts-dev qt6-tools-dev
    qt6-l10n-tools qt6-translations-l10n libqt6opengl6-dev libgl-dev libqt6sql6-sqlite libsqlite3-dev
    qtkeychain-qt6-dev libsecret-1-0
    libboost1.81-dev libssl-dev libsimdjson-dev libexpected-dev libre2-dev zlib1g-dev libbrotli-dev libzstd-dev
    ca-certificates fonts-dejavu-core"

# install_packages NAME...: installs those that are missing; asks for root only then.
install_packages() {
    missing=""
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "installing$missing"
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "packages are missing; as root, type: apt-get install$missing"
        root="sudo"
    fi
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { $root apt-get update -q \
        && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1
    then
        tail -n 5 "$log" >&2
        rm -f "$log"
        fail "the packages could not be installed; as root, type: apt-get update && apt-get install$missing"
    fi
    rm -f "$log"
}

# build PRESET TARGET...: configures if it was not yet, then builds what changed.
build() {
    preset=$1
    shift
    export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}" # a clone elsewhere finds what was compiled here
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "configuring build/$preset"
        output=$(cmake --preset "$preset" 2>&1) || { printf '%s\n' "$output" >&2; fail "configuring failed"; }
    fi
    if ninja -C "build/$preset" -n "$@" | grep -q 'no work to do'; then
        say "build/$preset is up to date"
        return 0
    fi
    say "building build/$preset (the first time takes some minutes)"
    ninja -C "build/$preset" --quiet "$@" >&2 || fail "the build failed; what the compiler says is above"
}
