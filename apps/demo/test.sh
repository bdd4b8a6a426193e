#!/bin/sh
# Tests of the applications, each in the versions of its requirements: npm run test:apps
set -eu
cd "$(dirname "$0")"
environment="${XDG_CACHE_HOME:-$HOME/.cache}/platforms-tools/demo-apps-$(cat constraints.txt | sha256sum | cut -c1-12)"
if [ ! -x "$environment/bin/pytest" ]; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --constraint constraints.txt \
        -r frontend/requirements.txt -r backend/requirements.txt -r db-init/requirements.txt -r requirements-test.txt
fi
for app in frontend backend db-init; do
    # apart from each other: their modules have the same names
    PYTHONPATH="common:$app" "$environment/bin/pytest" --quiet -p no:cacheprovider "$app/tests" "$@"
done
