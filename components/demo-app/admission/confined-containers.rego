package confinedcontainers

import data.lib.containers

violation[{"msg": msg}] {
	container := containers.all[_]
	fault := faults(container)[_]
	msg := sprintf("container %v: %v", [container.name, fault])
}

faults(container) := {fault |
	fault := [
		["runAsNonRoot must be true", not_non_root(container)],
		["readOnlyRootFilesystem must be true", flag(container, "readOnlyRootFilesystem", false) != true],
		["allowPrivilegeEscalation must be false", flag(container, "allowPrivilegeEscalation", true) != false],
		["privileged must not be true", flag(container, "privileged", false) != false],
		["capabilities.drop must name ALL", not_dropped(container)],
	][_]
	fault[1]
}

flag(container, name, fallback) := object.get(object.get(container, "securityContext", {}), name, fallback)

not_non_root(container) := flag(container, "runAsNonRoot", of_pod) != true {
	of_pod := object.get(object.get(input.review.object.spec, "securityContext", {}), "runAsNonRoot", false)
}

not_dropped(container) := count([name | name := dropped[_]; upper(name) == "ALL"]) == 0 {
	dropped := object.get(flag(container, "capabilities", {}), "drop", [])
}
