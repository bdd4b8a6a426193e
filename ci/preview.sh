#!/usr/bin/env bash
# Previews stacks with policies and says what a reviewer needs: ci/preview.sh sandbox|aws <folder> <stack>...
# Writes <stack>.json (plan), .events, .sarif and .md per stack; fails at the end where a preview or the guard did.
set -euo pipefail
cd "$(dirname "$0")/.."
where=$1 out=$2
shift 2
mkdir -p "$out"
export PULUMI_DEBUG_COMMANDS=true # makes --event-log a flag: policy findings are not part of --json
failed=()
for stack in "$@"; do
    plan=$out/$stack.json events=$out/$stack.events
    flags=(--json --non-interactive --event-log "$PWD/$events")
    # the file that --event-log writes is appended to
    rm -f "$events"
    echo "== $stack"
    if [ "$where" = aws ]; then
        command=(pulumi preview --stack "$stack" --policy-pack policy --policy-pack-config "policy/config/$stack.json")
    else
        command=(npm run --silent preview -- "$stack")
    fi
    "${command[@]}" "${flags[@]}" > "$plan" || failed+=("$stack: preview")
    [ -s "$events" ] && npm run --silent ci -- sarif "$events" --stack "$stack" --output "$out/$stack.sarif"
    if [ -s "$plan" ]; then
        npm run --silent ci -- comment "$plan" --stack "$stack" --events "$events" > "$out/$stack.md" || failed+=("$stack: comment")
        npm run --silent guard -- "$plan" ${APPROVALS:+--approvals "$APPROVALS"} || failed+=("$stack: guard")
    fi
done
if [ ${#failed[@]} -gt 0 ]; then
    printf 'failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
