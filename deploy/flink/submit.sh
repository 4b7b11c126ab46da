#!/bin/sh
# Submits the job, unless one of its name is there already: submit.sh OPTIONS_FILE [--key value ...]
set -eu
options=$1
shift
jobs=$(flink list)
case $jobs in
  *" : sluice ("*)
    echo "the job sluice is there already:"
    echo "$jobs"
    ;;
  *)
    exec flink run -d /opt/flink/usrlib/sluice-job.jar --config "$options" "$@"
    ;;
esac
