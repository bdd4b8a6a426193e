import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudRecord, type RecordedResource } from "../../../sandbox/cloud/record";

describe("sandbox/cloud/record", () => {
    let folder = "";
    const file = () => join(folder, "resources.jsonl");
    const open = () => new CloudRecord(folder);
    const resource = (id: string, more: Partial<RecordedResource> = {}): RecordedResource => ({
        id,
        urn: `urn of ${id}`,
        type: "aws:ec2/vpc:Vpc",
        place: "here",
        inputs: "digest",
        generation: 1,
        ...more,
    });

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "record-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("survives a restart", () => {
        const first = open();
        first.put(resource("a", { identity: "name a" }));
        first.put(resource("b"));
        first.delete(resource("b"));
        first.close();
        const second = open();
        assert.deepEqual(second.all(), [resource("a", { identity: "name a" })]);
        assert.equal(second.holderOf("name a"), "urn of a");
        assert.equal(second.nextGeneration("urn of a"), 2);
        assert.equal(second.nextGeneration("urn of b"), 2, "deleted, but something still exists");
        second.close();
    });

    it("drops a line torn by a kill, and can be appended to afterwards", () => {
        const first = open();
        first.put(resource("a"));
        first.close();
        appendFileSync(file(), '{"put":{"id":"b","urn":"ur');
        const second = open();
        assert.deepEqual(second.all(), [resource("a")]);
        second.put(resource("c"));
        second.close();
        const third = open();
        assert.deepEqual(
            third.all().map(({ id }) => id),
            ["a", "c"],
        );
        third.close();
    });

    it("refuses a file that isn't its own, saying which line and what to do", () => {
        writeFileSync(file(), "not json\n");
        assert.throws(open, /resources\.jsonl:1 is not a line of the sandbox's record\. Start afresh by deleting /);
    });

    it("keeps places, types and revisions of one identifier apart", () => {
        const record = open();
        record.put(resource("same"));
        record.put(resource("same", { place: "there" }));
        record.put(resource("same", { generation: 2 }));
        record.delete(resource("same"));
        assert.equal(record.get(resource("same"))?.generation, 2, "the older revision went first");
        record.delete(resource("same"));
        assert.equal(record.get(resource("same")), undefined);
        assert.equal(record.get(resource("same", { place: "there" }))?.place, "there");
        record.close();
    });

    it("starts anew once nothing exists", () => {
        const first = open();
        first.put(resource("a"));
        first.delete(resource("a"));
        first.close();
        open().close();
        assert.equal(readFileSync(file(), "utf8"), "");
    });
});
