#!/bin/sh
# Run by LocalStack once it is ready: the buckets that the platform has in AWS.
set -eu
for role in files static backups; do
    awslocal s3api head-bucket --bucket "taskava-local-$role" 2>/dev/null ||
        awslocal s3api create-bucket --bucket "taskava-local-$role"
done
