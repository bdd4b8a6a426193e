package pinnedimages

import data.lib.containers

violation[{"msg": msg}] {
	container := containers.all[_]
	not pinned(container.image)
	msg := sprintf("container %v: image %v has no tag or a moving one; name a version or a digest", [container.name, container.image])
}

pinned(image) {
	regex.match(`@sha256:[0-9a-f]{64}$`, image)
}

# The tag follows the last colon behind the last slash: a port in the registry's name is none.
pinned(image) {
	parts := split(image, "/")
	tag := split(parts[count(parts) - 1], ":")[1]
	tag != ""
	lower(tag) != "latest"
}
