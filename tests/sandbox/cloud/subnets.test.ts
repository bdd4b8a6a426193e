import assert from "node:assert/strict";
import { layOut } from "../../../sandbox/cloud/construct/subnets";
import type { Bag } from "../../../sandbox/cloud/wire";

function blocks(cidrBlock: string, zones: number, strategy: string, specs?: readonly Bag[]): string[] {
    const names = ["a", "b", "c", "d"].slice(0, zones);
    const { subnets } = layOut({ name: "net", cidrBlock, zones: names, specs, strategy, zoneMask: undefined });
    return subnets.map((subnet) => `${subnet.name} ${subnet.cidrBlock}`);
}

/** Expected ranges are those of pulumi-awsx's own tests, awsx/ec2/subnetDistributor*.test.ts. */
describe("sandbox/cloud/construct/subnets", () => {
    it("gives each zone a private half and a public quarter by default", () => {
        const expected = [
            "net-private-1 10.0.0.0/19",
            "net-public-1 10.0.32.0/20",
            "net-private-2 10.0.64.0/19",
            "net-public-2 10.0.96.0/20",
            "net-private-3 10.0.128.0/19",
            "net-public-3 10.0.160.0/20",
        ];
        assert.deepEqual(blocks("10.0.0.0/16", 3, "Auto"), expected);
        assert.deepEqual(blocks("10.0.0.0/16", 3, "Legacy"), expected);
    });

    it("keeps the specs' order with Auto, and puts private first with Legacy", () => {
        const specs: readonly Bag[] = [
            { type: "Public", cidrMask: 24 },
            { type: "Private", cidrMask: 20, name: "app" },
            { type: "Isolated", cidrMask: 24, name: "db" },
        ];
        assert.deepEqual(blocks("10.0.0.0/16", 1, "Auto", specs), [
            "net-public-1 10.0.0.0/24",
            "net-app-1 10.0.16.0/20",
            "net-db-1 10.0.32.0/24",
        ]);
        assert.deepEqual(blocks("10.0.0.0/16", 1, "Legacy", specs), [
            "net-app-1 10.0.0.0/20",
            "net-public-1 10.0.16.0/24",
            "net-db-1 10.0.17.0/24",
        ]);
    });

    it("merges specs into the default layout with AutoMerge", () => {
        assert.deepEqual(blocks("10.0.0.0/16", 1, "AutoMerge", [{ type: "Public", cidrMask: 24 }]), [
            "net-private-1 10.0.0.0/17",
            "net-public-1 10.0.128.0/24",
        ]);
    });

    it("takes explicit blocks as they are", () => {
        const specs = [{ type: "Private", cidrBlocks: ["10.0.7.0/24", "10.0.9.0/24"] }];
        assert.deepEqual(blocks("10.0.0.0/16", 2, "Auto", specs), [
            "net-private-1 10.0.7.0/24",
            "net-private-2 10.0.9.0/24",
        ]);
    });

    it("refuses what doesn't fit and what it doesn't know", () => {
        assert.throws(() => blocks("10.0.0.0/24", 2, "Auto", [{ type: "Private", cidrMask: 24 }]), /too large for VPC/);
        assert.throws(() => blocks("10.0.0.0/16", 1, "Auto", [{ type: "Secret" }]), /type must be one of Public/);
    });
});
