import assert from "node:assert/strict";
import { defaultFleet, fleetVcpus, supportsFleetsWithThreePrimaries } from "../../config/emr";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { tenantNameProblem } from "../../config/tenant-names";

const base = {
    accountId: "880170353725",
    region: "ap-south-1",
    dns: { domainName: "risk-mlops.example.com" },
    alarmEmails: ["ops@example.com"],
};
const parse = (more: object) =>
    parseConfig({
        values: {
            "platforms:environment": "prod",
            "platforms:mlPlatform": JSON.stringify({ ...base, ...more }),
        },
        secretKeys: new Set(),
    });
const faults = (more: object): string => {
    const parsed = parse(more);
    return parsed.ok ? "" : formatFaults(parsed.faults);
};
const tenant = (config: object) => faults({ tenants: { fraud: config } });
const path = "platforms:mlPlatform.tenants.fraud";

describe("config of the ML platform", () => {
    it("fills in the sizes of the two kinds of clusters", () => {
        const parsed = parse({ tenants: { fraud: { staging: {} } } });
        assert.ok(parsed.ok);
        const fraud = parsed.config.mlPlatform?.tenants["fraud"];
        assert.equal(fraud?.production.masters, 3);
        assert.equal(fraud?.production.memoryThresholdPercent, 15);
        assert.equal(fraud?.production.budgetUsd, 1500);
        assert.equal(fraud?.staging?.masters, 1);
        assert.equal(fraud?.staging?.memoryThresholdPercent, 25);
        assert.equal(fraud?.staging?.budgetUsd, 200);
        assert.equal(fraud?.staging?.idleHours, 2);
        assert.equal(fraud?.protect, true);
    });

    it("has default fleets of six types that EMR knows", () => {
        for (const kind of ["memory", "general"] as const) {
            const types = defaultFleet(kind, "2xlarge");
            assert.equal(new Set(types).size, 6);
            assert.ok(types.every((type) => fleetVcpus(type) === 8));
        }
    });

    it("accepts nothing as tenants", () => assert.equal(faults({}), ""));

    for (const [what, config, message] of [
        [
            "a fleet of four types",
            { production: { instanceTypes: defaultFleet("memory", "xlarge").slice(0, 4) } },
            `${path}.production.instanceTypes: expected at least 5 instance types`,
        ],
        [
            "an unknown type",
            { production: { instanceTypes: [...defaultFleet("memory", "xlarge").slice(0, 5), "z9.huge"] } },
            `${path}.production.instanceTypes[5]: expected an instance type of r5, r5a`,
        ],
        [
            "types of two sizes",
            { production: { instanceTypes: [...defaultFleet("memory", "xlarge").slice(0, 5), "r6a.4xlarge"] } },
            `${path}.production.instanceTypes: expected types of one size`,
        ],
        [
            "a threshold of 0",
            { production: { memoryThresholdPercent: 0 } },
            "expected a whole number from 1 to 100, got 0",
        ],
        ["a threshold of 101", { production: { memoryThresholdPercent: 101 } }, "from 1 to 100, got 101"],
        [
            "a threshold above the release",
            { production: { memoryThresholdPercent: 80 } },
            `${path}.production.memoryThresholdPercent: expected less than memoryReleasePercent (75), got 80`,
        ],
        [
            "a budget of nothing",
            { production: { budgetUsd: 0 } },
            `${path}.production.budgetUsd: expected an amount in USD above 0, got 0`,
        ],
        [
            "two primaries",
            { production: { masters: 2 } },
            `${path}.production.masters: expected 1, or 3 for high availability, got 2`,
        ],
        [
            "three primaries that should end when idle",
            { staging: { masters: 3 } },
            `${path}.staging.masters: expected 1: EMR doesn't end a cluster of 3 primary nodes when it is idle, got 3`,
        ],
        [
            "idle hours in production",
            { production: { idleHours: 3 } },
            `${path}.production.idleHours: expected one of the keys`,
        ],
        [
            "more tasks at least than at most",
            { staging: { taskMinSpot: 9 } },
            `${path}.staging.taskMinSpot: expected at most taskMaxSpot (3)`,
        ],
        [
            "a spot timeout that EMR refuses",
            { staging: { spotTimeoutMinutes: 4 } },
            "expected a whole number from 5 to 1440, got 4",
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            const text = tenant(config);
            assert.ok(text.includes(message), text);
        });
    }

    it("refuses three primaries with a release whose fleets have one", () => {
        assert.match(
            faults({ emrRelease: "emr-6.11.0", tenants: { fraud: {} } }),
            /tenants\.fraud\.production\.masters: expected 1 with emr-6\.11\.0.*got 3; raise emrRelease or set masters to 1/,
        );
        assert.equal(faults({ emrRelease: "emr-6.11.0", tenants: { fraud: { production: { masters: 1 } } } }), "");
        assert.ok(supportsFleetsWithThreePrimaries("emr-7.0.0"));
    });

    it("refuses tenants whose names are twins, reserved or too long once expanded", () => {
        assert.match(
            faults({ tenants: { "fraud-eu": {}, fraudeu: {} } }),
            /tenants\.fraudeu: expected a name that differs from fraud-eu/,
        );
        assert.match(faults({ tenants: { shared: {} } }), /tenants\.shared: expected a name other than/);
        assert.match(
            faults({ tenants: { fraud_eu: {} } }),
            /tenants: expected a tenant name of 2 to 20.*got "fraud_eu"/,
        );
        const long = { product: "p".repeat(50), tenant: "fraud", environment: "prod" };
        assert.match(tenantNameProblem(long) ?? "", /S3 bucket name ".*" has 71 characters, at most 63 are allowed/);
        assert.equal(
            tenantNameProblem({ product: "p".repeat(20), tenant: "t".repeat(20), environment: "e".repeat(9) }),
            undefined,
        );
    });
});
