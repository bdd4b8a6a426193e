import assert from "node:assert/strict";
import { standardTags } from "../../config/tags";

describe("standard tags", () => {
    it("tell system, environment and what manages the resource", () => {
        assert.deepEqual(standardTags({ project: "mediaviz", environment: "prod" }), {
            Project: "mediaviz",
            Environment: "prod",
            ManagedBy: "pulumi",
        });
    });

    it("give way to the stack's own and leave them as they are", () => {
        const extra = Object.freeze({ Project: "other", Owner: "me" });
        assert.deepEqual(standardTags({ project: "mediaviz", environment: "prod", extra }), {
            Project: "other",
            Environment: "prod",
            ManagedBy: "pulumi",
            Owner: "me",
        });
    });
});
