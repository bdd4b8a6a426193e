#!/bin/sh
# The checklist for a feature on a local cluster, checked on a live one: local/check.sh [context] [namespace]
# With DESTRUCTIVE=1 a pod is deleted and a worker node drained, to see that the app answers all the time.
set -u
context="${1:-kind-demo}"
namespace="${2:-demo-app}"
failed=0

k() { kubectl --context "$context" --namespace "$namespace" "$@"; }
# check <what> <command ...>: one line a check, and the command's output where it fails
check() {
    what="$1"
    shift
    if said=$("$@" 2>&1); then
        echo "ok      $what"
    else
        failed=$((failed + 1))
        echo "FAILED  $what"
        echo "$said" | sed 's/^/          /'
    fi
}
skip() { echo "skipped $1: $2"; }

# Runs Python in a pod of a web tier: the images hold no shell tools worth the name.
python_in() {
    tier="$1"
    shift
    k exec "deployment/$tier" --container "$tier" -- python -c "$@"
}
gets() { python_in "$1" "import sys, urllib.request; sys.exit(urllib.request.urlopen('$2', timeout=5).status != 200)"; }
is_refused() {
    python_in "$1" "
import socket
try:
    socket.create_connection(('$2', $3), 3)
except OSError:
    raise SystemExit(0)
raise SystemExit('connected')"
}

ready_replicas() {
    for tier in frontend backend; do
        k rollout status "deployment/$tier" --timeout=120s || return 1
        ready=$(k get "deployment/$tier" -o jsonpath='{.status.readyReplicas}')
        nodes=$(k get pods -l "app.kubernetes.io/name=$tier" -o jsonpath='{range .items[*]}{.spec.nodeName}{"\n"}{end}' | sort -u | wc -l)
        echo "$tier: ${ready:-0} ready on $nodes nodes"
        [ "${ready:-0}" -ge 2 ] && [ "$nodes" -ge 2 ] || return 1
    done
}
no_oom() {
    killed=$(k get pods -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.status.containerStatuses[*].lastState.terminated.reason}{"\n"}{end}' | grep OOMKilled)
    [ -z "$killed" ] || { echo "$killed"; return 1; }
}
json_logs() {
    k logs "deployment/$1" --container "$1" --tail=20 | python3 -c 'import json, sys; lines = [json.loads(line) for line in sys.stdin]; sys.exit(not lines)'
}
scraped() {
    answer=$(kubectl --context "$context" get --raw "/api/v1/namespaces/observability/services/monitoring-kube-prometheus-prometheus:9090/proxy/api/v1/query?query=sum(up%7Bnamespace%3D%22$namespace%22%2Cjob%3D%22$1%22%7D)")
    echo "$answer"
    echo "$answer" | python3 -c 'import json, sys; result = json.load(sys.stdin)["data"]["result"]; sys.exit(not result or float(result[0]["value"][1]) < 2)'
}
in_grafana() {
    kubectl --context "$context" --namespace observability get configmap -l grafana_dashboard=1 -o name | grep -q "dashboard-$1"
}
probes_fail_over() {
    k get pods -l "app.kubernetes.io/name=$1" -o jsonpath='{range .items[*].spec.containers[*]}{.livenessProbe.httpGet.path}{.readinessProbe.httpGet.path}{.startupProbe.httpGet.path}{"\n"}{end}' | grep -q '/healthz/readyz/healthz'
}
answers_through() {
    # the frontend keeps answering the backend's neighbour while "$@" happens
    "$@" &
    disturbance=$!
    misses=0
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        gets frontend http://backend:8000/healthz || misses=$((misses + 1))
        sleep 2
    done
    wait "$disturbance"
    echo "$misses of 15 calls failed"
    [ "$misses" -eq 0 ]
}

check "multi-replica deployments are ready, on two nodes or more" ready_replicas
check "pods talk to each other: frontend to backend" gets frontend http://backend:8000/readyz
check "pods talk to each other: backend to itself by the database" gets backend http://localhost:8000/items
database=$(k get configmap -l app.kubernetes.io/name=backend -o jsonpath='{.items[0].data.PGHOST}')
check "network policies: frontend may not reach the database" is_refused frontend "$database" 5432
check "network policies: backend may not call the frontend" is_refused backend frontend 5000
check "network policies: nothing leaves the cluster" is_refused backend 192.0.2.1 443
check "service discovery by DNS" python_in frontend "import socket; socket.gethostbyname('backend.$namespace.svc.cluster.local')"
check "no container was killed for its memory" no_oom
for tier in frontend backend; do
    check "health checks of $tier are the contract's" probes_fail_over "$tier"
    check "logs of $tier are JSON lines" json_logs "$tier"
done
if kubectl --context "$context" get namespace observability > /dev/null 2>&1; then
    for tier in frontend backend; do
        check "Prometheus scrapes both pods of $tier" scraped "$tier"
        check "Grafana has a dashboard of $tier" in_grafana "$tier"
    done
else
    skip "metrics in Grafana" "observability is off"
fi
if [ "${DESTRUCTIVE:-0}" = 1 ]; then
    victim=$(k get pods -l app.kubernetes.io/name=backend -o name | head -n 1)
    check "calls go through while a pod is deleted" answers_through k delete "$victim" --wait=true
    node=$(k get pods -l app.kubernetes.io/name=backend -o jsonpath='{.items[0].spec.nodeName}')
    check "calls go through while a node is drained" answers_through kubectl --context "$context" drain "$node" \
        --ignore-daemonsets --delete-emptydir-data --timeout=180s
    kubectl --context "$context" uncordon "$node"
else
    skip "failure scenarios" "DESTRUCTIVE=1 deletes a pod and drains a node"
fi
[ "$failed" -eq 0 ] || echo "$failed failed"
exit "$((failed > 0))"
