#!/usr/bin/env bash
# A throw-away PostgreSQL 17 with pgvector for tests, from Debian trixie's packages, without touching the host's own.
#
#   .ci/postgres.sh run -- CMD...   start a cluster, run CMD with TEST_DATABASE_URL set, stop and delete it; CMD's exit code
#   .ci/postgres.sh install         only fetch and unpack (95 MB; kept for the next time)
#
# PHOTOORG_PG_CACHE says where the programs are kept: default /var/cache/photoorg-postgres (root), ~/.cache/photoorg-postgres (others).
set -Eeuo pipefail
umask 022
say() { printf 'postgres.sh: %s\n' "$*" >&2; }
die() { say "ERROR: $*"; exit 1; }
command -v dpkg-deb >/dev/null && command -v apt-get >/dev/null || die "this script needs Debian's dpkg-deb and apt-get; set TEST_DATABASE_URL to a server with pgvector instead"

if [ "$(id -u)" = 0 ]; then cache=${PHOTOORG_PG_CACHE:-/var/cache/photoorg-postgres}
else cache=${PHOTOORG_PG_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/photoorg-postgres}; fi
root=$cache/trixie-$(dpkg --print-architecture)
bin=$root/bin

# What the package closure over an empty system brings and a running server never loads.
skip='^(adduser|apt|base-.*|bash|ca-certificates|coreutils|dash|debconf.*|debianutils|diffutils|dpkg|findutils|gcc-[0-9]+-base|init-system-helpers|libacl1|libattr1|libaudit-common|libbsd0|libc-bin|libc-l10n|libcrypt1|libdb5.*|libdebconf.*|libgdbm.*|libllvm.*|libmd0|libpam-.*|libpcre2.*|libperl.*|libproc2.*|libsemanage.*|libsepol.*|libz3-.*|lib.*-perl|locales|login.*|netbase|openssl|openssl-provider.*|passwd|perl.*|postgresql-(client-)?common|postgresql-common-dev|procps|readline-common|sensible-utils|ssl-cert|sysvinit-utils|tzdata|ucf)$'

write_apt_config() { # FOLDER: an apt of its own that sees an empty system and trixie's main archive
  local apt=$1 mirror
  mirror=$(apt-get indextargets --format "\$(REPO_URI)" | grep -E "/debian/?$" | head -1)
  [ -n "$mirror" ] || die "no Debian mirror in this host's apt sources"
  mkdir -p "$apt"/{sources,prefs,state/lists/partial,cache/archives/partial,debs}
  : >"$apt/state/status"
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$mirror" >"$apt/sources/trixie.sources"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/prefs";
Dir::State "$apt/state";
Dir::State::status "$apt/state/status";
Dir::Cache "$apt/cache";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
CONF
}

install_postgres() {
  [ -f "$root/.complete" ] && return 0
  mkdir -p "$cache"
  exec 9>"$cache/.lock"; flock 9
  [ -f "$root/.complete" ] && { exec 9>&-; return 0; }
  rm -rf "$cache"/.new.*   # left by an install that was killed: we hold the lock
  local new started=$SECONDS; new=$(mktemp -d "$cache/.new.XXXXXX"); chmod 755 "$new"
  trap 'rm -rf "$new"' ERR
  write_apt_config "$new/apt"
  say "reading trixie's package list"
  APT_CONFIG=$new/apt/apt.conf apt-get update -qq >&2
  local packages
  packages=$(APT_CONFIG=$new/apt/apt.conf apt-get install -s postgresql-17 postgresql-17-pgvector | awk '/^Inst /{print $2}' | grep -vE "$skip")
  say "downloading $(wc -w <<<"$packages") packages"
  # shellcheck disable=SC2086 # a list of package names
  ( cd "$new/apt/debs" && APT_CONFIG=$new/apt/apt.conf apt-get download -qq $packages >&2 )
  local deb; for deb in "$new"/apt/debs/*.deb; do
    mkdir -p "$new/root"
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$new/root" --no-same-owner --exclude='./usr/share/doc*' --exclude='./usr/share/man*' \
      --exclude='./usr/share/locale*' --exclude='*/bitcode*' --exclude='*/llvmjit*' --exclude='*/sepgsql.so'
  done
  # The host's glibc may be older: each program is started through the unpacked dynamic loader, by a wrapper in its place.
  mkdir -p "$new/bin"
  local program name; for program in "$new"/root/usr/lib/postgresql/17/bin/*; do
    [ "$(head -c4 "$program" | od -An -c | tr -d ' ')" = '177ELF' ] || continue
    name=${program##*/}
    mv "$program" "$program.elf"
    cat >"$program" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")
lib=\$(echo "\$here"/../../../*-linux-gnu*)
for loader in "\$lib"/ld-linux*.so.*; do :; done
exec "\$loader" --argv0 "\$here/$name" --library-path "\$lib" "\$here/$name.elf" "\$@"
WRAPPER
    chmod 755 "$program"
    ln -s "../root/usr/lib/postgresql/17/bin/$name" "$new/bin/$name"
  done
  rm -rf "$new/apt"
  "$new/bin/postgres" --version >&2
  chmod -R go+rX "$new"; touch "$new/.complete"
  rm -rf "$root"; mv "$new" "$root"; trap - ERR; exec 9>&-
  say "installed in $((SECONDS - started)) s at $root"
}

run_with_postgres() { # CMD...
  install_postgres
  local cluster port password as=() child='' status=0
  cluster=$(mktemp -d "${TMPDIR:-/tmp}/photoorg-pg.XXXXXX"); chmod 755 "$cluster"
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid "$(id -u nobody)" --regid "$(id -g nobody)" --clear-groups)
    chown nobody "$cluster"
  fi
  stop() { trap - EXIT; [ -z "$child" ] || kill "$child" 2>/dev/null || true; ( cd "$cluster" && "${as[@]}" "$bin/pg_ctl" -D "$cluster/data" -m immediate -s stop ) 2>/dev/null || true; rm -rf "$cluster"; }
  trap stop EXIT; trap 'exit 130' INT; trap 'exit 143' TERM HUP
  # Should this script be killed outright, the server must not outlive it.
  ( trap '' INT TERM HUP; while kill -0 $$ 2>/dev/null; do sleep 1; done; stop ) </dev/null >/dev/null 2>&1 &
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n'); printf '%s' "$password" >"$cluster/password"
  ( cd "$cluster" && "${as[@]}" "$bin/initdb" -D "$cluster/data" -U photoorg --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 \
      --auth-local=trust --auth-host=scram-sha-256 --pwfile="$cluster/password" --no-sync --no-instructions >"$cluster.log" 2>&1 ) || { cat "$cluster.log" >&2; die "initdb failed"; }
  rm -f "$cluster.log"
  for port in $(shuf -i 20000-59999 -n 5) none; do
    [ "$port" != none ] || die "the server did not start"
    if ( cd "$cluster" && "${as[@]}" "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/data/server.log" -w -t 60 -s start -o "-c listen_addresses=127.0.0.1 -c port=$port \
        -c unix_socket_directories=$cluster -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off -c shared_buffers=256MB -c timezone=UTC" ); then break; fi
  done
  "$bin/createdb" -h "$cluster" -p "$port" -U photoorg photoorg
  TEST_DATABASE_URL=postgresql://photoorg:$password@127.0.0.1:$port/photoorg "$@" <&0 & child=$!
  wait "$child" || status=$?; child=
  exit "$status"
}

case ${1:-} in
  install) install_postgres ;;
  run) [ "${2:-}" = -- ] && shift 2 && [ $# -gt 0 ] || die "usage: postgres.sh run -- CMD..."; run_with_postgres "$@" ;;
  *) die "usage: postgres.sh install | run -- CMD..." ;;
esac
