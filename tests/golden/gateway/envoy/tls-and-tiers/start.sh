#!/bin/sh
# Made by themekit from policy.json: change the policy, not this file.
set -eu
cd "$(dirname "$0")"
exec "${ENVOY:-envoy}" --config-path envoy.json --reject-unknown-dynamic-fields --disable-hot-restart --log-level warning --drain-strategy immediate --drain-time-s 30 "$@"
