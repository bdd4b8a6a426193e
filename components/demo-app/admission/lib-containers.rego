package lib.containers

all[container] {
	container := input.review.object.spec[{"containers", "initContainers", "ephemeralContainers"}[_]][_]
}

of_job {
	input.review.object.metadata.ownerReferences[_].kind == "Job"
}

# Docker's short names: "postgres" is docker.io/library/postgres, "me/app" is docker.io/me/app.
full_name(image) := sprintf("docker.io/library/%v", [image]) {
	not contains(image, "/")
}

full_name(image) := sprintf("docker.io/%v", [image]) {
	contains(image, "/")
	not has_host(image)
}

full_name(image) := image {
	has_host(image)
}

has_host(image) {
	contains(image, "/")
	regex.match(`[.:]|^localhost$`, split(image, "/")[0])
}
