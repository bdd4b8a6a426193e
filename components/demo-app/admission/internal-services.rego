package internalservices

violation[{"msg": msg}] {
	type := input.review.object.spec.type
	{"LoadBalancer", "NodePort"}[type]
	msg := sprintf("a Service of type %v can be reached from outside the cluster; use ClusterIP and the gateway", [type])
}

violation[{"msg": msg}] {
	count(object.get(input.review.object.spec, "externalIPs", [])) > 0
	msg := "externalIPs take traffic from outside the cluster; use ClusterIP and the gateway"
}
