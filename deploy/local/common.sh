# What the scripts beside it share; not to be run by itself.
# Settings from the environment:
#   SLUICE_LOCAL           directory of all that runs: logs, topics, checkpoints (default target/local)
#   SLUICE_REST_PORT       port of Flink's web interface (default 8081)
#   SLUICE_RPC_PORT        port of the JobManager (default 6123)
#   SLUICE_KAFKA_PORT      port of the broker (default 9092)
#   SLUICE_TASK_MANAGERS   how many TaskManagers, of two slots each (default 2)
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
local=${SLUICE_LOCAL:-$root/target/local}
rest_port=${SLUICE_REST_PORT:-8081}
rpc_port=${SLUICE_RPC_PORT:-6123}
kafka_port=${SLUICE_KAFKA_PORT:-9092}
task_managers=${SLUICE_TASK_MANAGERS:-2}
job_jar=$root/target/sluice-job.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

fail() {
  echo "$1" >&2
  exit 1
}

# What Flink needs of Java 17, from the configuration in the image.
opens() {
  sed -n 's/^ *\(--add-[a-z]*=[^ ]*\)$/\1/p' "$root/deploy/flink/config.yaml"
}

# Answers of Flink's web interface, empty if it does not answer: rest /overview
rest() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$rest_port" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&3
    sed '1,/^\r*$/d' <&3
  ) 2>/dev/null || true
}

# Waits up to 60 s for what a process does: await NAME COMMAND...
await() {
  name=$1
  shift
  for _ in $(seq 240); do
    if "$@"; then return 0; fi
    is_running "$name" || fail "$name ended, see $local/log/$name.log and $name.out"
    sleep 0.25
  done
  fail "$name did not come up within 60 s, see $local/log/$name.log and $name.out"
}

listens() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

is_running() {
  [ -f "$local/$1.pid" ] && kill -0 "$(cat "$local/$1.pid")" 2>/dev/null
}

# Starts a process apart from this shell: launch NAME COMMAND...
launch() {
  name=$1
  shift
  setsid "$@" </dev/null >"$local/log/$name.out" 2>&1 &
  echo $! >"$local/$name.pid"
}

# Flink's own command line, with ONNX Runtime on its class path as on the cluster's.
flink() {
  # shellcheck disable=SC2046
  FLINK_CONF_DIR=$local/conf "$java" $(opens) -Dlog.file="$local/log/client.log" \
    -Dlog4j.configurationFile="file:$local/conf/log4j.properties" \
    -cp "$local/lib/*" org.apache.flink.client.cli.CliFrontend "$@"
}

# Options for a process by its memory in config.yaml; the second line of a TaskManager's are settings.
resources() {
  "$java" -cp "$local/lib/*" org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$local/conf" 2>/dev/null |
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

logging() {
  echo "-Dlog.file=$local/log/$1.log -Dlog4j.configurationFile=file:$local/conf/log4j.properties"
}
