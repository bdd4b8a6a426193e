import assert from "node:assert/strict";
import { freezeFaults, frozenOf, refreeze } from "../support/frozen";

const bucket = (name: string, aliases: readonly string[] = []) => ({
    urn: `urn:pulumi:dev::platforms::aws:s3/bucket:Bucket::${name}`,
    newState: { type: "aws:s3/bucket:Bucket", aliases },
});
const role = {
    urn: "urn:pulumi:dev::platforms::aws:iam/role:Role::role",
    newState: { type: "aws:iam/role:Role" },
};
const images = bucket("images");
const frozen = [images.urn];

describe("frozen URNs", () => {
    it("are those of stateful resources only", () => {
        assert.deepEqual(frozenOf([role, images]), frozen);
    });

    it("pass while the resource keeps its name", () => {
        assert.deepEqual(freezeFaults(frozen, [images, role], []), []);
    });

    it("fail when a resource is renamed without an alias", () => {
        assert.deepEqual(freezeFaults(frozen, [bucket("pictures")], []), [
            `${images.urn} is gone: give its resource an alias, or approve the loss in tests/stacks/removals.json`,
        ]);
    });

    it("fail when a resource moves to another parent without an alias", () => {
        const moved = { ...images, urn: images.urn.replace("aws:s3", "platforms:x:Y$aws:s3") };
        assert.equal(freezeFaults(frozen, [moved], []).length, 1);
    });

    it("pass when an alias remembers the old name", () => {
        assert.deepEqual(freezeFaults(frozen, [bucket("pictures", [images.urn])], []), []);
    });

    it("pass when the loss is approved with a reason, and fail without one", () => {
        assert.deepEqual(freezeFaults(frozen, [], [{ urn: images.urn, reason: "moved to the archive account" }]), []);
        assert.deepEqual(freezeFaults(frozen, [], [{ urn: images.urn, reason: "" }]), [
            `${images.urn} goes without a reason`,
        ]);
    });

    it("fail when an approval outlives its purpose", () => {
        assert.deepEqual(
            freezeFaults(frozen, [images], [{ urn: images.urn, reason: "moved to the archive account" }]),
            [`${images.urn} is approved to go but is still there`],
        );
    });

    it("can't be thawed by rewriting the list: only an alias or an approval takes a line out", () => {
        const other = bucket("other");
        assert.deepEqual(refreeze(frozen, [other], []), [images.urn, other.urn]);
        assert.deepEqual(refreeze(frozen, [other], [{ urn: images.urn, reason: "no longer used" }]), [other.urn]);
        assert.deepEqual(refreeze(frozen, [bucket("new", frozen)], []), [bucket("new").urn]);
    });
});
