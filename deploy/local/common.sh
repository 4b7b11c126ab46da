# shellcheck shell=bash disable=SC2034 # what is not used here is used there
# What the scripts beside it share; not to be run by itself. Linux and bash; all processes are those of this user.
set -euo pipefail

settings='Settings from the environment:
  SLUICE_LOCAL              directory of all that runs: logs, topics, checkpoints (default target/local)
  SLUICE_CHECKPOINTS        directory of the checkpoints (default SLUICE_LOCAL/checkpoints)
  SLUICE_HOST               address of broker and JobManager (default 127.0.0.1; neither asks who connects)
  SLUICE_REST_PORT          port of the web interface of Flink (default 8081)
  SLUICE_RPC_PORT           port of the JobManager (default 6123)
  SLUICE_KAFKA_PORT         port of the broker (default 9092; its controller takes the next one)
  SLUICE_METRICS_PORTS      ports of the metrics for Prometheus, such as 9249-9269: each process takes the first that is
                            free, on all interfaces (default none)
  SLUICE_TASK_MANAGERS      how many TaskManagers, of two slots each (default 2)
  SLUICE_TASK_MANAGER_HOST  address of the TaskManagers that are started now (default SLUICE_HOST)'

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
local=${SLUICE_LOCAL:-$root/target/local}
case $local in /*) ;; *) local=$PWD/$local ;; esac
checkpoints=${SLUICE_CHECKPOINTS:-$local/checkpoints}
case $checkpoints in /*) ;; *) checkpoints=$PWD/$checkpoints ;; esac
host=${SLUICE_HOST:-127.0.0.1}
rest_port=${SLUICE_REST_PORT:-8081}
rpc_port=${SLUICE_RPC_PORT:-6123}
kafka_port=${SLUICE_KAFKA_PORT:-9092}
metrics_ports=${SLUICE_METRICS_PORTS:-}
task_managers=${SLUICE_TASK_MANAGERS:-2}
task_manager_host=${SLUICE_TASK_MANAGER_HOST:-$host}
job_jar=$root/target/sluice-job.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# For commands that end soon.
brief=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

fail() {
  echo "$1" >&2
  exit 1
}

# Prints the comment at the top of the script, and the settings, where that is asked for.
help_if_asked() {
  case ${1:-} in
    -h | --help | help)
      sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
      printf '\n%s\n' "$settings"
      exit 0
      ;;
  esac
}

number() {
  if ! [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] || [ "$2" -gt "$3" ]; then
    fail "$1 is $2, expected a number from 1 to $3"
  fi
}

check_settings() {
  local name
  for name in local checkpoints; do
    [[ ${!name} =~ ^[A-Za-z0-9/._+-]+$ ]] || fail "directory ${!name}: expected letters, digits and /._+- only, as Flink and Java take it"
  done
  [[ $metrics_ports =~ ^([0-9]+(-[0-9]+)?)?$ ]] || fail "SLUICE_METRICS_PORTS is $metrics_ports, expected a port or two joined by -"
  number SLUICE_REST_PORT "$rest_port" 65535
  number SLUICE_RPC_PORT "$rpc_port" 65535
  number SLUICE_KAFKA_PORT "$kafka_port" 65534
  number SLUICE_TASK_MANAGERS "$task_managers" 99
  command -v "$java" >/dev/null || fail "no Java: $java is not found, expected JDK 17 by JAVA_HOME or on the PATH"
}
check_settings

# What Flink needs of Java 17, from the configuration in the image: the array opens.
mapfile -t opens < <(sed -n 's/^ *\(--add-[a-z]*=[^ ]*\)$/\1/p' "$root/deploy/flink/config.yaml")

# The body of what Flink's web interface answers, empty if it does not: rest /overview
rest() {
  (
    exec 3<>"/dev/tcp/$host/$rest_port" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" "$host" >&3
    timeout 10 sed '1,/^\r*$/d' <&3
  ) 2>/dev/null || true
}

listens() {
  (exec 3<>"/dev/tcp/$host/$1") 2>/dev/null
}

# Whether the process that was started here still runs. Numbers of processes are used again, by others: the command line tells.
is_running() {
  local pid
  [ -f "$local/$1.pid" ] && pid=$(cat "$local/$1.pid") && [ -n "$pid" ] &&
    tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "-Dlog.file=$local/log/$1.log"
} 2>/dev/null

# Waits up to 180 s for what a process does: await NAME COMMAND...
await() {
  local name=$1
  shift
  for _ in $(seq 720); do
    if "$@"; then return 0; fi
    is_running "$name" || fail "$name has ended, see $local/log/$name.log and $name.out"
    sleep 0.25
  done
  fail "$name did not come up within 180 s, see $local/log/$name.log and $name.out"
}

# Whether a process has said something in its log since it was started.
says() {
  grep -qF -- "$2" "$local/log/$1.log" 2>/dev/null
}

# Starts Java apart from this shell; the log of the process before it stays as NAME.previous.log: launch NAME OPTION...
launch() {
  local name=$1
  shift
  mkdir -p "$local/log" "$local/tmp/java-$name"
  [ ! -f "$local/log/$name.log" ] || mv "$local/log/$name.log" "$local/log/$name.previous.log"
  # Its own place for native libraries: what a killed process has extracted stays there, and is seen.
  setsid "$java" "-Djava.io.tmpdir=$local/tmp/java-$name" "-Dlog.file=$local/log/$name.log" "-Dlog4j.configurationFile=file:$local/conf/log4j.properties" \
    "-Dlog4j2.configurationFile=file:$local/conf/log4j.properties" "$@" </dev/null >"$local/log/$name.out" 2>&1 &
  local pid=$!
  echo "$pid" >"$local/$name.pid"
  # Until it is Java that runs, it is not known by its command line.
  while kill -0 "$pid" 2>/dev/null && ! is_running "$name"; do sleep 0.05; done
}

# Flink's own command line, with ONNX Runtime on its class path as on the cluster's.
flink() {
  FLINK_CONF_DIR=$local/conf "$java" "${brief[@]}" "${opens[@]}" "-Dlog.file=$local/log/client.log" \
    "-Dlog4j.configurationFile=file:$local/conf/log4j.properties" \
    -cp "$local/lib/*" org.apache.flink.client.cli.CliFrontend "$@"
}

# Options for a process by its memory in config.yaml; the second line of a TaskManager's are settings: resources GET_TM_RESOURCE_PARAMS
resources() {
  "$java" "${brief[@]}" -cp "$local/lib/*" org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$local/conf" 2>/dev/null |
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

need_jobmanager() {
  is_running jobmanager || fail "no JobManager is running in $local, run: deploy/local/start"
}
