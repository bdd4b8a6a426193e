package requiredlabels

violation[{"msg": msg}] {
	label := input.parameters.labels[_]
	value := object.get(object.get(input.review.object.metadata, "labels", {}), label, "")
	value == ""
	msg := sprintf("label %v is missing", [label])
}
