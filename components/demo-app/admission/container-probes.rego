package containerprobes

import data.lib.containers

# Init containers and jobs end by themselves, so nobody waits for them to be ready.
violation[{"msg": msg}] {
	container := input.review.object.spec.containers[_]
	probe := {"startupProbe", "livenessProbe", "readinessProbe"}[_]
	not container[probe]
	not exempt(container)
	not containers.of_job
	msg := sprintf("container %v: %v is missing", [container.name, probe])
}

exempt(container) {
	container.name == input.parameters.exemptContainers[_]
}
