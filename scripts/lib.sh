# What the scripts share; to be sourced. The script's own `missing_packages` prints what it lacks, one Debian package a
# line.

target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target/test-logs"
target=$(cd "$target" && pwd)

die() {
    echo "${0##*/}: $*" >&2
    exit 2
}

# Installs what is missing with apt, if that needs no password; asks first where somebody can answer, unless `yes` is set.
# Otherwise says what to install, and ends.
install_packages() {
    local packages as_root=()
    mapfile -t packages < <(missing_packages)
    [ ${#packages[@]} -eq 0 ] && return
    local by_hand="apt-get install --no-install-recommends ${packages[*]}"
    command -v apt-get >/dev/null || die "these Debian packages, or what your system calls them, are missing: ${packages[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "packages are missing and sudo asks for a password; install them, then run this again:
    sudo $by_hand"
        as_root=(sudo -n)
    fi
    if [ -t 0 ] && [ "${yes:-no}" = no ]; then
        local answer
        read -r -p "These Debian packages are missing: ${packages[*]}. Install them with apt? [y/N] " answer
        [[ $answer == [yY]* ]] || die "install them, then run this again: $by_hand"
    fi
    echo "installing ${packages[*]}"
    "${as_root[@]}" apt-get update -q >"$target/test-logs/apt.log" 2>&1
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${packages[@]}" \
        >>"$target/test-logs/apt.log" 2>&1 || {
        tail -n 20 "$target/test-logs/apt.log" >&2
        die "apt could not install them; try: $by_hand"
    }
    mapfile -t packages < <(missing_packages)
    [ ${#packages[@]} -eq 0 ] || die "apt ran, but this is still missing: ${packages[*]}"
}

check_rust() {
    command -v cargo >/dev/null || die "there is no cargo; install Rust from https://rustup.rs"
}

# Puts packages from PyPI into a place of their own, if just these aren't there yet.
install_pins() {
    local place=$1 log="$target/test-logs/${1##*/}.log"
    shift
    [ "$(cat "$place/pins" 2>/dev/null)" = "$*" ] && return
    echo "installing $*"
    rm -rf "$place"
    { python3 -m venv "$place" && "$place/bin/pip" install -q --disable-pip-version-check "$@"; } \
        >"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; die "these could not be installed from PyPI: $*"; }
    echo "$*" >"$place/pins"
}
