import { status } from "@grpc/grpc-js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import { CloudError } from "../resources";

/** Builds a remote component's children the way its plugin does. */
export async function construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
    const type = request.getType();
    throw new CloudError(status.UNIMPLEMENTED, `the sandbox can't build ${type}: add it to sandbox/cloud/construct`);
}
