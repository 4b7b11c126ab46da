#!/bin/sh
# Waits until an address answers: await.sh URL SECONDS
set -eu
url=$1
seconds=$2
end=$(($(date +%s) + seconds))
until wget -q -T 10 -t 1 -O /dev/null "$url"; do
  if [ "$(date +%s)" -ge "$end" ]; then
    echo "$url did not answer within $seconds s" >&2
    exit 1
  fi
  sleep 1
done
echo "$url answers"
