package allowedregistries

import data.lib.containers

violation[{"msg": msg}] {
	container := containers.all[_]
	not allowed(container.image)
	msg := sprintf("container %v: image %v is not from one of %v", [container.name, container.image, input.parameters.prefixes])
}

allowed(image) {
	startswith(containers.full_name(image), input.parameters.prefixes[_])
}
