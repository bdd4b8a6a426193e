import assert from "node:assert/strict";
import { OVERRIDES, VOLATILE } from "../../../sandbox/cloud/overrides";
import { DELETED_FIRST, RENAMED_IN_PLACE, REPLACEMENTS, UPDATED_IN_PLACE } from "../../../sandbox/cloud/replacements";
import { shapeOf } from "../../../sandbox/cloud/shape";

/** The tables name types and properties by hand: each must exist in the installed SDKs, or it does nothing. */
describe("sandbox/cloud tables", () => {
    it("list replacements of inputs that exist", () => {
        const unknown = [...Object.entries(REPLACEMENTS), ...Object.entries(UPDATED_IN_PLACE)]
            .filter(([type]) => type !== "*")
            .flatMap(([type, inputs]) => {
                const shape = shapeOf(type);
                return shape === undefined
                    ? [type]
                    : inputs
                          .filter((input) => input !== "*" && !shape.inputs.has(input.split(".")[0] ?? ""))
                          .map((input) => `${type}.${input}`);
            });
        assert.deepEqual(unknown, []);
    });

    it("override outputs that exist", () => {
        const listed = Object.entries({ ...OVERRIDES }).flatMap(([type, outputs]) =>
            Object.keys(outputs).map((output) => ({ type, output })),
        );
        const volatile = Object.entries(VOLATILE).flatMap(([type, outputs]) =>
            outputs.map((output) => ({ type, output })),
        );
        const unknown = [...listed, ...volatile].filter(({ type, output }) => !shapeOf(type)?.outputs.has(output));
        assert.deepEqual(unknown, []);
    });

    it("name types that exist", () => {
        const unknown = [...DELETED_FIRST, ...RENAMED_IN_PLACE].filter((type) => shapeOf(type) === undefined);
        assert.deepEqual(unknown, []);
    });
});
