# Starts and stops a private PostgreSQL; to be sourced.
cluster=

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# start_postgres DIR [OPTION...]: sets postgres_url; DIR is to be one that the user postgres may enter.
start_postgres() {
  local port
  bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
  cluster=$1/postgres
  shift
  mkdir "$cluster"
  [ "$(id -u)" -ne 0 ] || chown postgres "$cluster"
  as_postgres "$bin/initdb" -D "$cluster" -E UTF8 --locale=C.UTF-8 -U postgres --auth=trust -N >/dev/null
  port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  as_postgres "$bin/pg_ctl" -D "$cluster" -w -l "$cluster/log" -o \
    "-p $port -k $cluster -c listen_addresses=127.0.0.1 $*" start >/dev/null
  postgres_url=postgres://postgres@127.0.0.1:$port/postgres
}

stop_postgres() {
  [ -z "$cluster" ] || as_postgres "$bin/pg_ctl" -D "$cluster" -m immediate stop >/dev/null 2>&1 || true
}
