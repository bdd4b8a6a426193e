import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { nameProblem, nameRules, physicalName } from "../../config/names";

const of = (length: number) => "a".repeat(length);

/** For each service: the longest name and odd ones that it takes, and near misses that it doesn't. */
const names: Record<keyof typeof nameRules, { good: string[]; bad: string[] }> = {
    s3Bucket: {
        good: [of(3), of(63), "1a2", "mediaviz-dev-models", "a--b"],
        bad: [
            "",
            of(2),
            of(64),
            "Media",
            "a_b",
            "a.b",
            "-ab",
            "ab-",
            "xn--ab",
            "sthree-ab",
            "amzn-s3-demo-ab",
            "ab-s3alias",
            "ab--ol-s3",
            "ab--x-s3",
            "ab--table-s3",
        ],
    },
    iamRole: { good: [of(1), of(64), "A+=,.@-_b"], bad: ["", of(65), "a/b", "a b", "a:b"] },
    eksCluster: { good: [of(1), of(100), "1-b_C"], bad: ["", of(101), "-a", "_a", "a.b"] },
    sqsQueue: {
        good: [of(1), of(80), "a_b-C", "jobs.fifo"],
        bad: ["", of(81), "a.b", "jobs.fifo.fifo", `${of(76)}.fifo`],
    },
    loadBalancer: { good: [of(1), of(32), "A-1"], bad: ["", of(33), "-a", "a-", "internal-a", "a_b", "a.b"] },
    lambdaFunction: { good: [of(1), of(64), "a_b-C"], bad: ["", of(65), "a.b", "a:b"] },
    rdsIdentifier: { good: ["a", of(63), "a-1"], bad: ["", of(64), "1a", "-a", "a-", "a--b", "A", "a_b"] },
    elasticacheGroup: { good: ["a", of(40), "a-1"], bad: ["", of(41), "1a", "a-", "a--b", "A"] },
    secret: { good: ["a", of(512), "mediaviz/dev/db_password+=.@-"], bad: ["", of(513), "a b", "a:b"] },
};

describe("physical names", () => {
    for (const [service, { good, bad }] of Object.entries(names)) {
        const rule = nameRules[service as keyof typeof nameRules];
        it(`of a ${rule.what} keep to the service's rule`, () => {
            assert.deepEqual(
                good.filter((name) => nameProblem(name, rule) !== undefined),
                [],
            );
            assert.deepEqual(
                bad.filter((name) => nameProblem(name, rule) === undefined),
                [],
            );
        });
    }

    it("are the parts, joined", () => {
        assert.equal(physicalName(nameRules.s3Bucket, "mediaviz", "dev", "models"), "mediaviz-dev-models");
    });

    it("are refused, never cut, when too long", () => {
        const error = {
            message: `load balancer name "${of(20)}-${of(20)}" has 41 characters, at most 32 are allowed; shorten or correct the part of it that comes from the stack's config`,
        };
        assert.throws(() => physicalName(nameRules.loadBalancer, of(20), of(20)), error);
        assert.throws(() => physicalName(nameRules.loadBalancer, of(40)), pulumi.RunError.isInstance);
    });

    it("are refused with the rule that they break", () => {
        assert.throws(() => physicalName(nameRules.rdsIdentifier, "App", "db"), {
            message:
                'RDS identifier name "App-db" breaks the rule: lower-case letters, digits and single hyphens, first a letter; shorten or correct the part of it that comes from the stack\'s config',
        });
    });
});
