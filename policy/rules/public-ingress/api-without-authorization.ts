import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

const mend = "it to AWS_IAM, JWT, CUSTOM or a user pool";

/** The property that says who may call, what it may not be, and whether leaving it out means anyone. */
const places: Readonly<
    Record<string, { property: string; never: string; absent: boolean; what: string; mend: string }>
> = {
    "aws:apigateway/method:Method": {
        property: "authorization",
        never: "NONE",
        absent: true,
        what: "anyone may call the method",
        mend,
    },
    "aws:apigatewayv2/route:Route": {
        property: "authorizationType",
        never: "NONE",
        absent: true,
        what: "anyone may call the route",
        mend,
    },
    "aws:lambda/functionUrl:FunctionUrl": {
        property: "authorizationType",
        never: "NONE",
        absent: true,
        what: "anyone may call the function",
        mend: "it to AWS_IAM",
    },
    "aws:appsync/graphQLApi:GraphQLApi": {
        property: "authenticationType",
        never: "API_KEY",
        absent: false,
        what: "a key in the client is all that guards the API",
        mend: "it to AWS_IAM, OPENID_CONNECT or a user pool",
    },
};

/** Preflight requests carry no credentials, and a WebSocket's end cannot be authorised. */
function isPreflight(type: string, inputs: Node): boolean {
    return type === "aws:apigateway/method:Method"
        ? inputs.get("httpMethod").string?.toUpperCase() === "OPTIONS"
        : /^(?:OPTIONS |\$disconnect$)/i.test(inputs.get("routeKey").string ?? "");
}

export const apiWithoutAuthorization: ResourceRule = {
    id: "api-without-authorization",
    title: "Every API call is authorised",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A method, route or function URL without authorisation answers anyone on the internet.",
    remediation: "Set the authorisation named in the finding. Preflight (OPTIONS) needs none.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
    frameworks: [
        { name: "AWS FSBP", control: "APIGateway.8" },
        { name: "AWS FSBP", control: "AppSync.5" },
    ],
    types: Object.keys(places),
    check({ type, inputs }, report) {
        const place = places[type];
        if (place === undefined || isPreflight(type, inputs)) {
            return;
        }
        const more = inputs
            .get("additionalAuthenticationProviders")
            .items()
            .map((item) => item.get(place.property));
        for (const node of [inputs.get(place.property), ...more]) {
            if (node.unknown) {
                report.undecided(node);
            } else if (node.absent ? place.absent : node.string?.toUpperCase() === place.never) {
                report.violation(node, place.what, place.mend);
            }
        }
    },
};
