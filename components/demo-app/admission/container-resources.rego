package containerresources

import data.lib.containers

violation[{"msg": msg}] {
	container := containers.all[_]
	kind := {"requests", "limits"}[_]
	resource := {"cpu", "memory"}[_]
	not container.resources[kind][resource]
	not exempt(container)
	msg := sprintf("container %v: resources.%v.%v is missing", [container.name, kind, resource])
}

exempt(container) {
	container.name == input.parameters.exemptContainers[_]
}
