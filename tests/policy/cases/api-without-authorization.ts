import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "api-without-authorization",
    type: "aws:apigateway/method:Method",
    cases: [
        {
            kind: "violating",
            title: "a method for everyone",
            props: {
                httpMethod: "GET",
                authorization: "NONE",
            },
            findings: [
                'authorization: anyone may call the method, got "NONE"; set it to AWS_IAM, JWT, CUSTOM or a user pool',
            ],
        },
        {
            kind: "violating",
            title: "a function URL for everyone",
            type: "aws:lambda/functionUrl:FunctionUrl",
            props: {
                authorizationType: "NONE",
            },
            findings: ['authorizationType: anyone may call the function, got "NONE"; set it to AWS_IAM'],
        },
        {
            kind: "violating",
            title: "a GraphQL API behind a key",
            type: "aws:appsync/graphQLApi:GraphQLApi",
            props: {
                authenticationType: "API_KEY",
            },
            findings: [
                'authenticationType: a key in the client is all that guards the API, got "API_KEY"; set it to AWS_IAM, OPENID_CONNECT or a user pool',
            ],
        },
        {
            kind: "violating",
            title: "a route for everyone",
            type: "aws:apigatewayv2/route:Route",
            props: {
                routeKey: "GET /users",
                authorizationType: "NONE",
            },
            findings: [
                'authorizationType: anyone may call the route, got "NONE"; set it to AWS_IAM, JWT, CUSTOM or a user pool',
            ],
        },
        {
            kind: "compliant",
            title: "a method with IAM",
            props: {
                httpMethod: "GET",
                authorization: "AWS_IAM",
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a route with JWT",
            type: "aws:apigatewayv2/route:Route",
            props: {
                routeKey: "GET /users",
                authorizationType: "JWT",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "preflight",
            props: {
                httpMethod: "OPTIONS",
                authorization: "NONE",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "the end of a WebSocket",
            type: "aws:apigatewayv2/route:Route",
            props: {
                routeKey: "$disconnect",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a key beside another way in",
            type: "aws:appsync/graphQLApi:GraphQLApi",
            props: {
                authenticationType: "AWS_IAM",
                additionalAuthenticationProviders: [
                    {
                        authenticationType: "API_KEY",
                    },
                ],
            },
            findings: [
                'additionalAuthenticationProviders[0].authenticationType: a key in the client is all that guards the API, got "API_KEY"; set it to AWS_IAM, OPENID_CONNECT or a user pool',
            ],
        },
        {
            kind: "evasion",
            title: "a method that wants an API key only",
            props: {
                httpMethod: "ANY",
                authorization: "none",
                apiKeyRequired: true,
            },
            findings: [
                'authorization: anyone may call the method, got "none"; set it to AWS_IAM, JWT, CUSTOM or a user pool',
            ],
        },
        {
            kind: "absent",
            title: "a route that says nothing is for everyone",
            type: "aws:apigatewayv2/route:Route",
            props: {
                routeKey: "$default",
            },
            findings: [
                "authorizationType: anyone may call the route, got nothing; set it to AWS_IAM, JWT, CUSTOM or a user pool",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                httpMethod: "GET",
                authorization: UNKNOWN,
            },
            findings: ["authorization: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
