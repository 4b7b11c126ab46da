#!/bin/sh
# Creates the topics of a file, replicated once: create-topics.sh BOOTSTRAP_SERVERS FILE. Those that exist stay as they are.
set -eu
servers=$1
file=$2
grep -Ev '^[[:space:]]*(#|$)' "$file" | while read -r name partitions settings; do
  set -- --bootstrap-server "$servers" --create --if-not-exists \
    --topic "$name" --partitions "$partitions" --replication-factor 1
  for setting in $settings; do
    set -- "$@" --config "$setting"
  done
  "${KAFKA_HOME:-/opt/kafka}/bin/kafka-topics.sh" "$@" </dev/null
done
